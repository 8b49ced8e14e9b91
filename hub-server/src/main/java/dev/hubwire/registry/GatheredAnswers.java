package dev.hubwire.registry;

import dev.hubwire.hub.ClientAnswer;
import dev.hubwire.hub.ClientAnswers;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Answers from when they come until they are read. Thread-safe; one thread reads. */
final class GatheredAnswers<R> implements ClientAnswers<R> {
  /** How many answers go to a subscriber's thread at a time. */
  private static final int SUBSCRIBER_BUFFER = 16;

  private final Executor threads;
  private final CompletableFuture<@Nullable Object> over = new CompletableFuture<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  /** Guarded by the lock, like all that follow. */
  private final Queue<ClientAnswer<R>> ready = new ArrayDeque<>();

  /** Who has not answered yet. */
  private final Set<String> missing = new HashSet<>();

  /** What was asked and is not answered yet. */
  private final Map<String, CompletableFuture<?>> asked = new HashMap<>();

  /** Whether it is known who is asked. */
  private boolean known;

  /** Why nobody could be asked. */
  private @Nullable Throwable failure;

  private boolean taken;
  private boolean closed;

  /**
   * @param threads starts a thread for each task; the tasks may block
   */
  GatheredAnswers(Executor threads) {
    this.threads = threads;
    var unused =
        over.whenComplete(
            (value, cause) -> {
              if (cause != null) {
                giveUp(cause);
              }
            });
  }

  /** Completed when no more answers are awaited; failing it gives up what is. */
  CompletableFuture<@Nullable Object> over() {
    return over;
  }

  /** These will be asked. Once. */
  void expect(Set<String> connectionIds) {
    change(
        () -> {
          if (!known) {
            known = true;
            missing.addAll(connectionIds);
          }
        });
  }

  /** Nobody more is waited for: fails those who have not answered. */
  void giveUp(Throwable cause) {
    List<CompletableFuture<?>> unanswered = new ArrayList<>();
    change(
        () -> {
          if (!known) {
            known = true;
            failure = cause;
          }
          missing.forEach(id -> ready.add(new ClientAnswer.Failure<>(id, cause)));
          missing.clear();
          unanswered.addAll(asked.values());
          asked.clear();
        });
    unanswered.forEach(one -> one.cancel(false));
  }

  /**
   * Asks one client, and keeps what becomes of it.
   *
   * @param ask may wait before it sends; its future may complete on a lane
   */
  void add(String connectionId, Supplier<CompletableFuture<@Nullable Object>> ask) {
    CompletableFuture<@Nullable Object> answer;
    try {
      answer = ask.get();
    } catch (RuntimeException e) {
      answer = CompletableFuture.failedFuture(e);
    }
    if (isMissing(connectionId, answer)) {
      var unused = answer.whenComplete((value, cause) -> came(connectionId, value, cause));
    } else {
      answer.cancel(false);
    }
  }

  private boolean isMissing(String connectionId, CompletableFuture<?> answer) {
    lock.lock();
    try {
      boolean wanted = missing.contains(connectionId);
      if (wanted) {
        asked.put(connectionId, answer);
      }
      return wanted;
    } finally {
      lock.unlock();
    }
  }

  private void came(String connectionId, @Nullable Object value, @Nullable Throwable cause) {
    @SuppressWarnings("unchecked") // A protocol reads what the result's type says.
    @Nullable R result = (@Nullable R) value;
    ClientAnswer<R> answer =
        cause == null
            ? new ClientAnswer.Result<>(connectionId, result)
            : new ClientAnswer.Failure<>(connectionId, cause);
    change(
        () -> {
          asked.remove(connectionId);
          if (missing.remove(connectionId)) {
            ready.add(answer);
          }
        });
  }

  @Override
  public Iterator<ClientAnswer<R>> iterator() {
    if (!take()) {
      throw new IllegalStateException("the answers are being read already (expected: once)");
    }
    return new Reader();
  }

  @Override
  public Stream<ClientAnswer<R>> stream() {
    int traits = Spliterator.ORDERED | Spliterator.NONNULL;
    return StreamSupport.stream(Spliterators.spliteratorUnknownSize(iterator(), traits), false)
        .onClose(this::close);
  }

  @Override
  public void subscribe(Flow.Subscriber<? super ClientAnswer<R>> subscriber) {
    SubmissionPublisher<ClientAnswer<R>> publisher =
        new SubmissionPublisher<>(threads, SUBSCRIBER_BUFFER);
    publisher.subscribe(subscriber);
    if (!take()) {
      publisher.closeExceptionally(
          new IllegalStateException("the answers are being read already (expected: once)"));
      return;
    }
    threads.execute(() -> publish(publisher));
  }

  private void publish(SubmissionPublisher<ClientAnswer<R>> publisher) {
    try {
      Iterator<ClientAnswer<R>> answers = new Reader();
      while (publisher.hasSubscribers() && answers.hasNext()) {
        publisher.submit(answers.next());
      }
      publisher.close();
    } catch (RuntimeException e) {
      publisher.closeExceptionally(e);
    } finally {
      close();
    }
  }

  @Override
  public void close() {
    giveUp(new CancellationException("closed"));
    change(
        () -> {
          closed = true;
          ready.clear();
        });
  }

  private boolean take() {
    lock.lock();
    try {
      boolean first = !taken;
      taken = true;
      return first;
    } finally {
      lock.unlock();
    }
  }

  /** The next answer; null if there will be none. */
  private @Nullable ClientAnswer<R> next() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (true) {
        ClientAnswer<R> answer = ready.poll();
        if (answer != null || closed) {
          return answer;
        }
        if (known && missing.isEmpty()) {
          if (failure != null) {
            throw new CompletionException(failure);
          }
          return null;
        }
        changed.await();
      }
    } finally {
      lock.unlock();
    }
  }

  private void change(Runnable change) {
    boolean done;
    lock.lock();
    try {
      change.run();
      done = known && missing.isEmpty();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    if (done) {
      over.complete(null);
    }
  }

  /** One thread's way through the answers. */
  private final class Reader implements Iterator<ClientAnswer<R>> {
    private @Nullable ClientAnswer<R> ahead;

    @Override
    public boolean hasNext() {
      if (ahead == null) {
        try {
          ahead = GatheredAnswers.this.next();
        } catch (InterruptedException e) {
          close();
          throw ClientCalls.interrupted(e);
        }
      }
      return ahead != null;
    }

    @Override
    public ClientAnswer<R> next() {
      if (!hasNext()) {
        throw new NoSuchElementException("all have answered");
      }
      ClientAnswer<R> answer = ahead;
      ahead = null;
      return Objects.requireNonNull(answer);
    }
  }
}
