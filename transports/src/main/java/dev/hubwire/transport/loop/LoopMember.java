package dev.hubwire.transport.loop;

/** A connection that lives on an {@link IoLoop}. Everything here is loop thread only. */
public abstract class LoopMember {
  private static final int NOWHERE = -1;

  /** Where the loop keeps this member, so that it is removed without a search. Loop thread only. */
  private int index = NOWHERE;

  /** Whether it waits for the loop's flush pass. Loop thread only. */
  private boolean dirty;

  /**
   * Writes what waits, as far as the socket takes it. Called once per turn in which the member was
   * marked.
   */
  protected abstract void flush();

  /** The periodic scan. */
  protected abstract void tick(long nowNanos);

  /** Cuts the connection after one of its callbacks failed. */
  protected abstract void fail(Throwable failure);

  final boolean markDirty() {
    boolean first = !dirty;
    dirty = true;
    return first;
  }

  final void flushNow() {
    dirty = false;
    flush();
  }

  final int index() {
    return index;
  }

  final void moveTo(int newIndex) {
    index = newIndex;
  }

  final void removed() {
    index = NOWHERE;
  }

  final boolean isMember() {
    return index != NOWHERE;
  }
}
