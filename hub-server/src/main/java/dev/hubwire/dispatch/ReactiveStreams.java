package dev.hubwire.dispatch;

import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.FlowAdapters;
import org.reactivestreams.Publisher;

/**
 * The publishers of Reactive Streams, which Reactor and RxJava make, where the application has that
 * library; it is none of this project's.
 */
final class ReactiveStreams {
  private static final @Nullable Class<?> PUBLISHER = publisher();

  private ReactiveStreams() {}

  static boolean isPublisher(Class<?> type) {
    return PUBLISHER != null && PUBLISHER.isAssignableFrom(type);
  }

  /**
   * @param publisher an instance of such a class
   */
  static Flow.Publisher<?> asFlow(Object publisher) {
    return Present.asFlow(publisher);
  }

  private static @Nullable Class<?> publisher() {
    try {
      return Class.forName(
          "org.reactivestreams.Publisher", false, ReactiveStreams.class.getClassLoader());
    } catch (ClassNotFoundException absent) {
      return null;
    }
  }

  /** Loaded only where the library is. */
  private static final class Present {
    static Flow.Publisher<?> asFlow(Object publisher) {
      return FlowAdapters.toFlowPublisher((Publisher<?>) publisher);
    }
  }
}
