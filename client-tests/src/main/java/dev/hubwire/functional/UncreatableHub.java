package dev.hubwire.functional;

import dev.hubwire.hub.ClientProxy;
import dev.hubwire.hub.Hub;

/** A hub that needs what nobody can give it, so that its clients are sent away again. */
public final class UncreatableHub extends Hub<ClientProxy> {
  /** Fails as the reference's container does, in its words. */
  UncreatableHub() {
    throw new InvalidOperationException(
        "Unable to resolve service for type 'System.Object' while attempting to activate"
            + " 'FunctionalTests.UncreatableHub'.");
  }

  /** A hub that hears of its clients is made when they connect. */
  @Override
  public void onConnected() {}
}
