package dev.hubwire.registry;

import static dev.hubwire.registry.ClientInterface.require;
import static dev.hubwire.registry.ClientInterface.signature;

import dev.hubwire.hub.Cancellation;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import java.util.stream.BaseStream;

/** What a method of a client interface does, from what it takes and returns. */
final class ClientMethods {
  /** What a client's single answer cannot be. */
  private static final List<Class<?>> NO_ANSWERS =
      List.of(Void.class, Future.class, BaseStream.class, Flow.Publisher.class);

  private ClientMethods() {}

  /**
   * @throws IllegalArgumentException if clients cannot be called through it; the message says what
   *     to change
   */
  static ClientMethod of(Method method, String wireName) {
    List<Class<?>> parameters = Arrays.asList(method.getParameterTypes());
    int cancellation = parameters.indexOf(Cancellation.class);
    if (method.getReturnType() == void.class) {
      require(
          cancellation < 0,
          signature(method) + " takes a Cancellation, but it returns nothing that is waited for");
      return new ClientMethod.Send(wireName);
    }
    require(
        cancellation < 0 || cancellation == parameters.size() - 1,
        signature(method) + " takes a Cancellation: make it the last parameter");
    boolean deferred =
        method.getReturnType() == CompletionStage.class
            || method.getReturnType() == CompletableFuture.class;
    return new ClientMethod.Ask(wireName, answer(method, deferred), deferred, cancellation >= 0);
  }

  private static Type answer(Method method, boolean deferred) {
    Type returned = method.getGenericReturnType();
    if (!deferred) {
      return checked(returned, method);
    }
    if (returned instanceof ParameterizedType stage) {
      return checked(stage.getActualTypeArguments()[0], method);
    }
    throw unnamed(method);
  }

  private static Type checked(Type answer, Method method) {
    Class<?> raw =
        switch (answer) {
          case Class<?> plain -> plain;
          case ParameterizedType generic -> (Class<?>) generic.getRawType();
          case GenericArrayType array -> Object[].class;
          default -> throw unnamed(method);
        };
    require(
        NO_ANSWERS.stream().noneMatch(one -> one.isAssignableFrom(raw)),
        signature(method)
            + " returns "
            + method.getGenericReturnType()
            + ": a client answers with one value; make the method void if there is none");
    return answer;
  }

  private static IllegalArgumentException unnamed(Method method) {
    return new IllegalArgumentException(
        signature(method)
            + " returns "
            + method.getGenericReturnType()
            + ": name the type that the client answers with");
  }
}
