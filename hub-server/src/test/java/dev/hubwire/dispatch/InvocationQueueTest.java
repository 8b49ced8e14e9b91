package dev.hubwire.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class InvocationQueueTest {
  /** Threads that were asked for and have not run yet; a test runs them by hand. */
  private final Queue<Runnable> threads = new ArrayDeque<>();

  private final List<String> ran = new ArrayList<>();
  private Consumer<String> during = name -> {};
  private final InvocationQueue<String> queue =
      new InvocationQueue<>(
          name -> {
            ran.add(name);
            during.accept(name);
          },
          name -> !name.startsWith("free"),
          threads::add);

  @Test
  void startsNothingBeforeItIsOpened() {
    queue.add(List.of("a"));
    assertThat(threads).isEmpty();
    queue.open(1);
    runThreads();
    assertThat(ran).containsExactly("a");
  }

  @Test
  void runsABatchInOrderOnOneThread() {
    queue.open(1);
    queue.add(List.of("a", "b", "c"));
    assertThat(threads).hasSize(1);
    runThreads();
    assertThat(ran).containsExactly("a", "b", "c");
  }

  @Test
  void doesNotStartASecondWhileTheFirstRuns() {
    queue.open(1);
    during =
        name -> {
          if (name.equals("a")) {
            queue.add(List.of("b"));
            assertThat(threads).isEmpty();
            assertThat(queue.isIdle()).isFalse();
          }
        };
    queue.add(List.of("a"));
    runThreads();
    assertThat(ran).containsExactly("a", "b");
    assertThat(queue.isIdle()).isTrue();
  }

  @Test
  void startsAsManyThreadsAsMayRun() {
    queue.open(2);
    queue.add(List.of("a", "b", "c"));
    assertThat(threads).hasSize(2);
    runThreads();
    assertThat(ran).containsExactly("a", "b", "c");
  }

  @Test
  void isQuietWhenNothingRunsOrWaitsWithASlotOrWithout() {
    assertThat(queue.isQuiet()).as("before it is open").isFalse();
    queue.open(1);
    assertThat(queue.isQuiet()).isTrue();
    List<Boolean> whileRunning = new ArrayList<>();
    during = name -> whileRunning.add(queue.isQuiet());

    queue.add(List.of("free"));
    assertThat(queue.isQuiet()).as("before its thread has begun").isFalse();
    runThreads();
    assertThat(queue.isQuiet()).isTrue();
    queue.add(List.of("a"));
    assertThat(queue.isQuiet()).isFalse();
    runThreads();

    assertThat(queue.isQuiet()).isTrue();
    assertThat(whileRunning).containsExactly(false, false);
  }

  @Test
  void runsTheLastTaskAfterWhatWaitedHasStarted() {
    queue.open(1);
    queue.add(List.of("a", "b"));
    queue.finish(() -> ran.add("last"), false);
    assertThat(threads).hasSize(1);
    runThreads();
    assertThat(ran).containsExactly("a", "b", "last");
  }

  @Test
  void theLastTaskDoesNotWaitForWhatRuns() {
    queue.open(1);
    during =
        name -> {
          queue.finish(() -> ran.add("last"), false);
          runThreads();
          assertThat(ran).containsExactly("a", "last");
        };
    queue.add(List.of("a"));
    runThreads();
    assertThat(ran).containsExactly("a", "last");
  }

  @Test
  void dropsWhatWaitsWhereItIsToldTo() {
    queue.open(1);
    during = name -> queue.finish(() -> ran.add("last"), true);
    queue.add(List.of("a", "b"));
    runThreads();
    assertThat(ran).containsExactly("a", "last");
  }

  @Test
  void takesNothingAfterItWasFinished() {
    queue.open(1);
    queue.finish(() -> ran.add("last"), false);
    queue.add(List.of("late"));
    runThreads();
    assertThat(ran).containsExactly("last");
  }

  @Test
  void aShutQueueHoldsTheLastTaskBackUntilItIsOpened() {
    queue.add(List.of("a"));
    queue.finish(() -> ran.add("last"), false);
    assertThat(threads).isEmpty();
    queue.open(1);
    runThreads();
    assertThat(ran).containsExactly("a", "last");
  }

  @Test
  void aRefusingQueueRunsTheLastTaskOnly() {
    queue.add(List.of("a"));
    queue.refuse();
    queue.add(List.of("b"));
    queue.finish(() -> ran.add("last"), false);
    runThreads();
    assertThat(ran).containsExactly("last");
  }

  @Test
  void startsTheNextBesideOneThatGaveUpItsSlot() {
    queue.open(1);
    during =
        name -> {
          if (name.equals("a")) {
            assertThat(queue.holdsSlot("a")).isTrue();
            assertThat(queue.giveUpSlot("a")).isTrue();
            assertThat(queue.giveUpSlot("a")).as("again").isFalse();
            assertThat(queue.holdsSlot("a")).isFalse();
            runThreads();
            assertThat(ran).containsExactly("a", "b", "c");
          }
        };
    queue.add(List.of("a", "b", "c"));
    runThreads();
    assertThat(ran).containsExactly("a", "b", "c");
    assertThat(queue.isIdle()).isTrue();
  }

  @Test
  void startsNoMoreThanMayRunAfterASlotWasGivenUp() {
    queue.open(1);
    during =
        name -> {
          if (name.equals("a")) {
            queue.giveUpSlot("a");
          } else if (name.equals("b")) {
            queue.add(List.of("c"));
            assertThat(threads).isEmpty();
          }
        };
    queue.add(List.of("a", "b"));
    runThreads();
    assertThat(ran).containsExactly("a", "b", "c");
  }

  @Test
  void takesNoSlotFromWhatHasNone() {
    queue.open(1);
    during = name -> assertThat(queue.giveUpSlot("free")).isFalse();
    queue.add(List.of("free"));
    runThreads();
    assertThat(queue.giveUpSlot("a")).isFalse();
    assertThat(ran).containsExactly("free");
  }

  @Test
  void bringsItsThreadsToAnEndAtALimit() {
    queue.open(1);
    int most = InvocationQueue.MAX_WITHOUT_SLOT;
    List<Boolean> gaveUp = new ArrayList<>();
    during =
        name -> {
          gaveUp.add(queue.giveUpSlot(name));
          if (gaveUp.size() <= most) {
            queue.add(List.of("call " + gaveUp.size()));
            runThreads();
          }
        };
    queue.add(List.of("call 0"));
    runThreads();
    assertThat(gaveUp).hasSize(most + 1).endsWith(true, false);
    assertThat(queue.isIdle()).isTrue();
  }

  private void runThreads() {
    Runnable thread;
    while ((thread = threads.poll()) != null) {
      thread.run();
    }
  }
}
