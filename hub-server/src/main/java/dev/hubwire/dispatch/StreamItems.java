package dev.hubwire.dispatch;

import java.util.Iterator;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Flow;
import java.util.stream.BaseStream;
import org.jspecify.annotations.Nullable;

/**
 * The items of whatever a streaming method may return, pulled one by one; closing lets go of what
 * is behind them.
 */
final class StreamItems implements AutoCloseable {
  private final Iterator<?> items;
  private final @Nullable AutoCloseable source;

  private StreamItems(Iterator<?> items, @Nullable AutoCloseable source) {
    this.items = items;
    this.source = source;
  }

  /** Whether {@link #of} can make items of it. */
  static boolean isSource(Object result) {
    return result instanceof BaseStream<?, ?>
        || result instanceof Flow.Publisher<?>
        || result instanceof Iterable<?>
        || result instanceof Iterator<?>
        || ReactiveStreams.isPublisher(result.getClass());
  }

  /**
   * @param result a {@code BaseStream}, {@code Flow.Publisher}, {@code Iterable}, {@code Iterator}
   *     or publisher of Reactive Streams
   */
  static StreamItems of(Object result) {
    return switch (result) {
      case BaseStream<?, ?> stream -> new StreamItems(stream.iterator(), stream);
      case Flow.Publisher<?> publisher -> {
        PublisherItems<?> items = PublisherItems.of(publisher);
        yield new StreamItems(items, items);
      }
      case Iterable<?> iterable -> of(iterable.iterator());
      case Iterator<?> iterator ->
          new StreamItems(iterator, iterator instanceof AutoCloseable closeable ? closeable : null);
      case Object publisher when ReactiveStreams.isPublisher(publisher.getClass()) ->
          of(ReactiveStreams.asFlow(publisher));
      default -> throw new IllegalArgumentException("not a stream: " + result.getClass());
    };
  }

  boolean hasNext() {
    return items.hasNext();
  }

  @Nullable Object next() {
    return items.next();
  }

  @Override
  public void close() {
    if (source == null) {
      return;
    }
    try {
      source.close();
    } catch (RuntimeException unchecked) {
      throw unchecked;
    } catch (Exception checked) {
      throw new CompletionException(checked);
    }
  }
}
