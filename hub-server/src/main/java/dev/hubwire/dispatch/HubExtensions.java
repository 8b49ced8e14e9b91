package dev.hubwire.dispatch;

import dev.hubwire.hub.ServiceResolver;
import java.util.List;

/**
 * What an application puts around and under a hub.
 *
 * @param filters around every method and callback, from the outermost to the innermost
 * @param services where hubs, methods and filters get their services from
 */
public record HubExtensions(List<FilterSource> filters, ServiceResolver services) {
  static final HubExtensions NONE = new HubExtensions(List.of(), ServiceResolver.NONE);

  public HubExtensions {
    filters = List.copyOf(filters);
  }
}
