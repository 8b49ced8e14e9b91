package dev.hubwire.hub;

import java.lang.reflect.Type;

/** A service that is needed is not there. Clients see it only with detailed errors. */
public final class ServiceException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  private ServiceException(String message) {
    super(message);
  }

  /** {@code docs/protocol/hub-semantics.md} §9. */
  public static ServiceException notRegistered(Type service) {
    return new ServiceException(
        "No service for type '" + service.getTypeName() + "' has been registered.");
  }

  /**
   * @param wanted whose constructor needs it
   */
  public static ServiceException notResolved(Type service, Class<?> wanted) {
    return new ServiceException(
        "Unable to resolve service for type '%s' while attempting to activate '%s'."
            .formatted(service.getTypeName(), wanted.getName()));
  }
}
