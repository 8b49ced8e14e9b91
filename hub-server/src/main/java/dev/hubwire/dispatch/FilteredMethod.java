package dev.hubwire.dispatch;

import dev.hubwire.hub.Hub;
import dev.hubwire.hub.HubCallerContext;
import dev.hubwire.hub.HubFilter;
import dev.hubwire.hub.HubInvocationContext;
import dev.hubwire.hub.ServiceScope;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The filters around one method, held to what the method takes and gives: who passes or gives back
 * what does not fit is named. Immutable.
 */
final class FilteredMethod implements FilterChain.Checks {
  private final FilterChain filters;
  private final String wireName;
  private final Method method;

  private final List<Class<?>> parameterTypes;

  private final ReturnKind returnKind;
  private final Class<?> resultType;

  /**
   * @param returnType the declared one, with what the hub's class says about its type variables
   */
  FilteredMethod(FilterChain filters, String wireName, Method method, Type returnType) {
    this.filters = filters;
    this.wireName = wireName;
    this.method = method;
    this.parameterTypes = List.of(method.getParameterTypes());
    this.returnKind = MethodReturn.of(returnType).kind();
    this.resultType = MethodReturn.valueClass(returnType);
  }

  /**
   * Runs a call inside the filters.
   *
   * @param body calls the method, and gives what it gives in the end
   */
  @Nullable Object invoke(
      CallScope scope,
      HubCallerContext caller,
      Hub<?> hub,
      @Nullable Object[] arguments,
      HubFilter.NextInvocation body)
      throws Exception {
    Context context = new Context(this, hub, caller, scope, unmodifiable(arguments));
    return filters.invoke(scope, context, body, this);
  }

  @Override
  public void passed(HubInvocationContext context, HubFilter by) {
    List<@Nullable Object> arguments = context.arguments();
    if (arguments.size() != parameterTypes.size()) {
      throw new IllegalStateException(
          "%s passed %d argument(s) to %s (expected: %d)"
              .formatted(name(by), arguments.size(), signature(), parameterTypes.size()));
    }
    for (int i = 0; i < arguments.size(); i++) {
      if (!fits(arguments.get(i), parameterTypes.get(i))) {
        throw new IllegalStateException(
            "%s passed %s as argument %d of %s (expected: %s)"
                .formatted(
                    name(by),
                    kind(arguments.get(i)),
                    i + 1,
                    signature(),
                    parameterTypes.get(i).getTypeName()));
      }
    }
  }

  @Override
  public void gaveBack(@Nullable Object result, HubFilter by) {
    if (!isResult(result)) {
      throw new IllegalStateException(
          "%s gave back %s for %s (expected: %s)"
              .formatted(name(by), kind(result), signature(), expectedResult()));
    }
  }

  private boolean isResult(@Nullable Object result) {
    return switch (returnKind) {
      case VOID -> result == null;
      case VALUE -> fits(result, resultType);
      // Without a stream the call is answered as if the method had returned none.
      case STREAM, ITERABLE, ITERATOR, PUBLISHER -> result == null || StreamItems.isSource(result);
    };
  }

  private String expectedResult() {
    return switch (returnKind) {
      case VOID -> "null, for it returns nothing";
      case VALUE -> resultType.getTypeName();
      case STREAM, ITERABLE, ITERATOR, PUBLISHER -> "a stream, iterable, iterator or publisher";
    };
  }

  private static boolean fits(@Nullable Object value, Class<?> type) {
    return value == null
        ? !type.isPrimitive()
        : MethodType.methodType(type).wrap().returnType().isInstance(value);
  }

  private static String kind(@Nullable Object value) {
    return value == null ? "null" : value.getClass().getTypeName();
  }

  private static String name(HubFilter filter) {
    return filter.getClass().getTypeName();
  }

  private String signature() {
    return Signatures.of(method);
  }

  private static List<@Nullable Object> unmodifiable(@Nullable Object[] values) {
    return Collections.unmodifiableList(Arrays.<@Nullable Object>asList(values));
  }

  private record Context(
      FilteredMethod of,
      Hub<?> hub,
      HubCallerContext caller,
      ServiceScope services,
      List<@Nullable Object> arguments)
      implements HubInvocationContext {

    @Override
    public String methodName() {
      return of.wireName;
    }

    @Override
    public Method method() {
      return of.method;
    }

    @Override
    public HubInvocationContext withArguments(List<? extends @Nullable Object> changed) {
      List<@Nullable Object> copy = Collections.unmodifiableList(new ArrayList<>(changed));
      return new Context(of, hub, caller, services, copy);
    }
  }
}
