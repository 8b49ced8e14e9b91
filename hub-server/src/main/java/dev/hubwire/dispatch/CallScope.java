package dev.hubwire.dispatch;

import dev.hubwire.hub.ServiceException;
import dev.hubwire.hub.ServiceKey;
import dev.hubwire.hub.ServiceResolver;
import dev.hubwire.hub.ServiceScope;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * What is made for one call, or one callback, and let go of after it: its services, its hub, its
 * filters. For the thread that runs the call.
 */
final class CallScope implements AutoCloseable, ServiceScope {
  private final ServiceResolver resolver;
  private final String connectionId;

  /** What is to be closed, the last first. */
  private final ArrayDeque<AutoCloseable> owned = new ArrayDeque<>(2);

  /** Opened when first needed. */
  private @Nullable ServiceScope services;

  CallScope(ServiceResolver resolver, String connectionId) {
    this.resolver = resolver;
    this.connectionId = connectionId;
  }

  @Override
  public @Nullable Object find(ServiceKey key) throws Exception {
    if (services == null) {
      services = resolver.openScope();
      owned.addLast(services);
    }
    return services.find(key);
  }

  /**
   * A service that a parameter of a hub's method wants.
   *
   * @throws ServiceException if there is none
   */
  Object service(ServiceKey key) throws Exception {
    Object found = find(key);
    if (found == null) {
      throw ServiceException.notRegistered(key.type());
    }
    return found;
  }

  /** Closes it with the scope, if it can be closed. */
  <T> T own(T made) {
    if (made instanceof AutoCloseable closeable) {
      owned.addLast(closeable);
    }
    return made;
  }

  /** Never fails: nobody waits for it. Idempotent. */
  @Override
  public void close() {
    AutoCloseable last;
    while ((last = owned.pollLast()) != null) {
      try {
        last.close();
      } catch (Exception failure) {
        DispatchLog.notClosed(connectionId, last.getClass(), failure);
      }
    }
  }
}
