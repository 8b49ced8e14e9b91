package dev.hubwire.registry;

import java.lang.reflect.Method;
import java.lang.reflect.Type;

/** What a call of a method of a client interface does. */
sealed interface ClientMethod {

  /** Sends a message and forgets it. */
  record Send(String wireName) implements ClientMethod {}

  /**
   * Asks one client.
   *
   * @param deferred whether the caller gets a future rather than waiting
   * @param cancellable whether the last argument is a cancellation, which is not sent
   */
  record Ask(String wireName, Type resultType, boolean deferred, boolean cancellable)
      implements ClientMethod {}

  /**
   * Runs here: a default method.
   *
   * @param method made accessible
   */
  record Local(Method method) implements ClientMethod {}
}
