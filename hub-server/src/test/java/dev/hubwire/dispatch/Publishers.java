package dev.hubwire.dispatch;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Publishers that signal on the thread that asks. */
final class Publishers {
  private Publishers() {}

  /** Publishes what is asked for, and no more. */
  static <T> Flow.Publisher<T> of(Iterator<T> items, Runnable onCancel) {
    return subscriber -> subscriber.onSubscribe(new Emitting<>(items, subscriber, onCancel));
  }

  static <T> Flow.Publisher<T> failing(Throwable failure) {
    return subscriber -> {
      subscriber.onSubscribe(new Silent(() -> {}));
      subscriber.onError(failure);
    };
  }

  static <T> Flow.Publisher<T> silent(Runnable onSubscribe, Runnable onCancel) {
    return subscriber -> {
      subscriber.onSubscribe(new Silent(onCancel));
      onSubscribe.run();
    };
  }

  /** Asks for one item after the other. */
  static <T> CompletionStage<List<T>> collect(Flow.Publisher<T> publisher) {
    Collector<T> collector = new Collector<>();
    publisher.subscribe(collector);
    return collector.result;
  }

  private static final class Collector<T> implements Flow.Subscriber<T> {
    private final CompletableFuture<List<T>> result = new CompletableFuture<>();

    /** The publisher's thread. */
    private final List<T> items = new ArrayList<>();

    /** The publisher's thread. */
    private Flow.@Nullable Subscription subscription;

    @Override
    public void onSubscribe(Flow.Subscription given) {
      subscription = given;
      given.request(1);
    }

    @Override
    public void onNext(T item) {
      items.add(item);
      Objects.requireNonNull(subscription, "subscribed").request(1);
    }

    @Override
    public void onError(Throwable failure) {
      result.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
      result.complete(items);
    }
  }

  private record Silent(Runnable onCancel) implements Flow.Subscription {
    @Override
    public void request(long n) {}

    @Override
    public void cancel() {
      onCancel.run();
    }
  }

  private record Emitting<T>(
      Iterator<T> items, Flow.Subscriber<? super T> subscriber, Runnable onCancel)
      implements Flow.Subscription {
    @Override
    public void request(long n) {
      for (long i = 0; i < n && items.hasNext(); i++) {
        subscriber.onNext(items.next());
      }
      if (!items.hasNext()) {
        subscriber.onComplete();
      }
    }

    @Override
    public void cancel() {
      onCancel.run();
    }
  }
}
