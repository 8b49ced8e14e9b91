package dev.hubwire.hub;

/**
 * Where hubs, their methods and filters get their services from: what a container is adapted to.
 * Safe for use by any thread.
 */
public interface ServiceResolver {
  /** Provides nothing. */
  ServiceResolver NONE =
      new ServiceResolver() {
        @Override
        public boolean provides(ServiceKey key) {
          return false;
        }

        @Override
        public ServiceScope openScope() {
          return unused -> null;
        }
      };

  /**
   * Whether this is a service. A parameter of a hub's method that is one is never taken from the
   * client; a hub or filter that is one belongs to the container, which closes it. Asked when the
   * server is made, once for each of these.
   */
  boolean provides(ServiceKey key);

  /**
   * Services for one call, one connected or one disconnected callback. Called when first needed.
   */
  ServiceScope openScope();
}
