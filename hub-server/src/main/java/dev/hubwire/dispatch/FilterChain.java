package dev.hubwire.dispatch;

import dev.hubwire.hub.HubFilter;
import dev.hubwire.hub.HubInvocationContext;
import dev.hubwire.hub.HubLifetimeContext;
import dev.hubwire.hub.ServiceResolver;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Filters around one thing, from the outermost to the innermost. Immutable.
 *
 * <p>Each hook has a chain of its own, of those filters that override it: the others cost nothing.
 */
final class FilterChain {
  /**
   * What a filter can be around.
   *
   * @param method the method that it overrides for that
   */
  record Hook(String method, List<Class<?>> parameterTypes) {
    static final Hook INVOKE_METHOD =
        new Hook(
            "invokeMethod", List.of(HubInvocationContext.class, HubFilter.NextInvocation.class));
    static final Hook CONNECTED =
        new Hook("onConnected", List.of(HubLifetimeContext.class, HubFilter.NextConnected.class));
    static final Hook DISCONNECTED =
        new Hook(
            "onDisconnected",
            List.of(HubLifetimeContext.class, Throwable.class, HubFilter.NextDisconnected.class));

    private boolean isUsedBy(Class<? extends HubFilter> type) {
      Class<?>[] signature = parameterTypes.toArray(Class<?>[]::new);
      try {
        return !type.getMethod(method, signature).getDeclaringClass().equals(HubFilter.class);
      } catch (NoSuchMethodException e) {
        throw new IllegalStateException("every filter has the hooks of HubFilter", e);
      }
    }
  }

  /** Looks at what passes a filter on its way in, and at what comes out of it. */
  interface Checks {
    void passed(HubInvocationContext context, HubFilter by);

    void gaveBack(@Nullable Object result, HubFilter by);
  }

  private final List<Maker<? extends HubFilter>> filters;

  private FilterChain(List<Maker<? extends HubFilter>> filters) {
    this.filters = filters;
  }

  /**
   * @throws IllegalArgumentException if a filter cannot be made
   */
  static FilterChain of(List<FilterSource> sources, Hook hook, ServiceResolver services) {
    return new FilterChain(
        sources.stream()
            .filter(source -> hook.isUsedBy(source.type()))
            .<Maker<? extends HubFilter>>map(source -> maker(source, services))
            .toList());
  }

  private static Maker<? extends HubFilter> maker(FilterSource source, ServiceResolver services) {
    return switch (source) {
      case FilterSource.Shared(HubFilter filter) -> Maker.shared(filter);
      case FilterSource.PerCall(Class<? extends HubFilter> type) -> Maker.of(type, services);
    };
  }

  boolean isEmpty() {
    return filters.isEmpty();
  }

  /** Runs the method inside its filters. */
  @Nullable Object invoke(
      CallScope scope, HubInvocationContext context, HubFilter.NextInvocation body, Checks checks)
      throws Exception {
    return invoke(0, scope, context, body, checks);
  }

  private @Nullable Object invoke(
      int index,
      CallScope scope,
      HubInvocationContext context,
      HubFilter.NextInvocation body,
      Checks checks)
      throws Exception {
    if (index == filters.size()) {
      return body.proceed(context);
    }
    HubFilter filter = filters.get(index).make(scope);
    Object result =
        filter.invokeMethod(
            context,
            passed -> {
              checks.passed(passed, filter);
              return invoke(index + 1, scope, passed, body, checks);
            });
    checks.gaveBack(result, filter);
    return result;
  }

  /** Runs the callback inside its filters. */
  void connected(CallScope scope, HubLifetimeContext context, HubFilter.NextConnected body)
      throws Exception {
    connected(0, scope, context, body);
  }

  private void connected(
      int index, CallScope scope, HubLifetimeContext context, HubFilter.NextConnected body)
      throws Exception {
    if (index == filters.size()) {
      body.proceed();
    } else {
      HubFilter filter = filters.get(index).make(scope);
      filter.onConnected(context, () -> connected(index + 1, scope, context, body));
    }
  }

  /** Runs the callback inside its filters. */
  void disconnected(
      CallScope scope,
      HubLifetimeContext context,
      @Nullable Throwable error,
      HubFilter.NextDisconnected body)
      throws Exception {
    disconnected(0, scope, context, error, body);
  }

  private void disconnected(
      int index,
      CallScope scope,
      HubLifetimeContext context,
      @Nullable Throwable error,
      HubFilter.NextDisconnected body)
      throws Exception {
    if (index == filters.size()) {
      body.proceed(error);
    } else {
      HubFilter filter = filters.get(index).make(scope);
      filter.onDisconnected(
          context, error, told -> disconnected(index + 1, scope, context, told, body));
    }
  }
}
