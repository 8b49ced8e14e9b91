package dev.hubwire.dispatch;

/** What takes its turn among the calls of a connection. */
sealed interface Queued permits Call, Queued.Refreshed {
  /** Whether it counts among those of which only some may run at a time. */
  boolean takesSlot();

  /** The news that the user of a connection showed newer credentials. */
  record Refreshed(HubConnection connection) implements Queued {
    @Override
    public boolean takesSlot() {
      return true;
    }
  }
}
