package dev.hubwire.dispatch;

import dev.hubwire.hub.HubObserver;
import dev.hubwire.hub.ServiceResolver;
import dev.hubwire.transport.User;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What an application puts around and under a hub.
 *
 * @param filters around every method and callback, from the outermost to the innermost
 * @param services where hubs, methods and filters get their services from
 * @param policies what {@link dev.hubwire.hub.Authorize} can ask of users, by name
 * @param observer hears of what is run, or null
 */
public record HubExtensions(
    List<FilterSource> filters,
    ServiceResolver services,
    Map<String, Predicate<User>> policies,
    @Nullable HubObserver observer) {
  static final HubExtensions NONE =
      new HubExtensions(List.of(), ServiceResolver.NONE, Map.of(), null);

  public HubExtensions {
    filters = List.copyOf(filters);
    policies = Map.copyOf(policies);
  }
}
