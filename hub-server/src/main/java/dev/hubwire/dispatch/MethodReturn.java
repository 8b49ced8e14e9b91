package dev.hubwire.dispatch;

import java.lang.reflect.Type;
import java.util.Iterator;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.stream.BaseStream;

/**
 * How the result of a hub method is handed over.
 *
 * @param deferred whether the method returns a {@link CompletionStage} of it
 */
public record MethodReturn(ReturnKind kind, boolean deferred) {

  static MethodReturn of(Type type) {
    if (!CompletionStage.class.isAssignableFrom(TypeArguments.erase(type))) {
      return new MethodReturn(kindOf(TypeArguments.erase(type)), false);
    }
    Type completesWith =
        TypeArguments.of(type).resolve(CompletionStage.class.getTypeParameters()[0]);
    return new MethodReturn(kindOf(TypeArguments.erase(completesWith)), true);
  }

  private static ReturnKind kindOf(Class<?> type) {
    if (type == void.class || type == Void.class) {
      return ReturnKind.VOID;
    }
    if (BaseStream.class.isAssignableFrom(type)) {
      return ReturnKind.STREAM;
    }
    if (Flow.Publisher.class.isAssignableFrom(type)) {
      return ReturnKind.PUBLISHER;
    }
    if (Iterator.class.isAssignableFrom(type)) {
      return ReturnKind.ITERATOR;
    }
    // Every collection is an Iterable, and is sent whole: only who declares no more wants a stream.
    return type == Iterable.class ? ReturnKind.ITERABLE : ReturnKind.VALUE;
  }
}
