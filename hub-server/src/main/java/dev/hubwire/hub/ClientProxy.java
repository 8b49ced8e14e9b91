package dev.hubwire.hub;

import org.jspecify.annotations.Nullable;

/** Calls methods of clients by name; what a hub without an interface for its clients sends with. */
public interface ClientProxy {
  /**
   * Sends one message to each of the addressed clients.
   *
   * @param method the client's method; clients compare it ignoring case
   * @param arguments its arguments; each is written as the hub protocol writes its runtime type
   * @throws IllegalArgumentException if an argument cannot be written; nobody receives anything
   *     then
   */
  void send(String method, @Nullable Object... arguments);
}
