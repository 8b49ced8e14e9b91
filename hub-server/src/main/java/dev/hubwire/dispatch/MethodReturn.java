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
    return new MethodReturn(kindOf(valueClass(type)), isStage(type));
  }

  /** The class of what a method of this return type gives in the end, stages waited for. */
  static Class<?> valueClass(Type type) {
    return TypeArguments.erase(
        isStage(type)
            ? TypeArguments.of(type).resolve(CompletionStage.class.getTypeParameters()[0])
            : type);
  }

  private static boolean isStage(Type type) {
    return CompletionStage.class.isAssignableFrom(TypeArguments.erase(type));
  }

  private static ReturnKind kindOf(Class<?> type) {
    if (type == void.class || type == Void.class) {
      return ReturnKind.VOID;
    }
    if (BaseStream.class.isAssignableFrom(type)) {
      return ReturnKind.STREAM;
    }
    if (Flow.Publisher.class.isAssignableFrom(type) || ReactiveStreams.isPublisher(type)) {
      return ReturnKind.PUBLISHER;
    }
    if (Iterator.class.isAssignableFrom(type)) {
      return ReturnKind.ITERATOR;
    }
    // Every collection is an Iterable, and is sent whole: only who declares no more wants a stream.
    return type == Iterable.class ? ReturnKind.ITERABLE : ReturnKind.VALUE;
  }
}
