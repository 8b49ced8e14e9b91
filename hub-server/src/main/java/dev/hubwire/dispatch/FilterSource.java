package dev.hubwire.dispatch;

import dev.hubwire.hub.HubFilter;

/** Where a filter comes from, as it was registered. */
public sealed interface FilterSource {
  /** Of which class the filter is. */
  Class<? extends HubFilter> type();

  /** One filter for all calls. */
  record Shared(HubFilter filter) implements FilterSource {
    @Override
    public Class<? extends HubFilter> type() {
      return filter.getClass();
    }
  }

  /** A filter of its own for each call. */
  record PerCall(Class<? extends HubFilter> type) implements FilterSource {}
}
