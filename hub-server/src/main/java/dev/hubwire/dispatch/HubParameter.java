package dev.hubwire.dispatch;

import dev.hubwire.hub.ServiceKey;
import java.lang.reflect.Type;

/** Where a parameter of a hub method gets its value from. */
public sealed interface HubParameter {

  /**
   * The next argument on the wire.
   *
   * @param type what the argument is read as
   */
  record Wire(Type type) implements HubParameter {}

  /**
   * The next stream that the client uploads.
   *
   * @param itemType what its items are read as
   * @param published whether the method takes a {@link java.util.concurrent.Flow.Publisher} of the
   *     items, else a {@link dev.hubwire.hub.StreamSource}
   */
  record Upload(Type itemType, boolean published) implements HubParameter {}

  /** The {@link dev.hubwire.hub.Cancellation} of the call. */
  record Cancelling() implements HubParameter {}

  /** A service of the call. */
  record Service(ServiceKey key) implements HubParameter {}
}
