package dev.hubwire.registry;

import java.lang.reflect.Method;

/** What a call of a method of a client interface does. */
sealed interface ClientMethod {

  /** Sends a message and forgets it. */
  record Send(String wireName) implements ClientMethod {}

  /**
   * Runs here: a default method.
   *
   * @param method made accessible
   */
  record Local(Method method) implements ClientMethod {}
}
