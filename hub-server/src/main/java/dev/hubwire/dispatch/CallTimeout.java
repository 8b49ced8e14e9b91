package dev.hubwire.dispatch;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/** Who answers a call whose time is limited: its method, or the clock. Thread-safe. */
final class CallTimeout {
  private final AtomicBoolean answered = new AtomicBoolean();
  private final CallCancellation thread;

  CallTimeout(Executor threads) {
    this.thread = new CallCancellation(threads);
  }

  /** True for the first who asks: to him it falls to answer. */
  boolean claimAnswer() {
    return answered.compareAndSet(false, true);
  }

  /** Interrupts the calling thread when the call is late, until {@link #end}. */
  void watchThread() {
    thread.interruptOnCancel();
  }

  /** The call is late. Any thread; never blocks. */
  void expire() {
    thread.cancel();
  }

  /** Takes an interrupt of ours away. On the thread that ran the call. */
  void end() {
    thread.end();
  }
}
