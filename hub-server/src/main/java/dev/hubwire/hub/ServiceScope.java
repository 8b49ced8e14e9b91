package dev.hubwire.hub;

import org.jspecify.annotations.Nullable;

/** The services of one call. For the thread that runs the call. */
@FunctionalInterface
public interface ServiceScope extends AutoCloseable {
  /**
   * Finds a service.
   *
   * @return null if there is none
   * @throws Exception whatever kept the container from making it; the call fails with that
   */
  @Nullable Object find(ServiceKey key) throws Exception;

  /**
   * A service that has to be there.
   *
   * @throws ServiceException if there is none
   * @throws Exception as {@link #find}
   */
  default <T> T get(Class<T> type) throws Exception {
    Object found = find(ServiceKey.of(type));
    if (found == null) {
      throw ServiceException.notRegistered(type);
    }
    return type.cast(found);
  }

  /** The call is over: lets go of what was made for it. Default: nothing. */
  @Override
  default void close() {}
}
