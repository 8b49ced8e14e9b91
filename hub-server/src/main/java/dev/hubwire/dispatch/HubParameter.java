package dev.hubwire.dispatch;

import java.lang.reflect.Type;

/** Where a parameter of a hub method gets its value from. */
public sealed interface HubParameter {

  /**
   * The next argument on the wire.
   *
   * @param type what the argument is read as
   */
  record Wire(Type type) implements HubParameter {}
}
