package dev.hubwire.dispatch;

import dev.hubwire.transport.Lane;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The calls of one connection on their way from the lane to a thread. Calls that come with one read
 * are handed over in one batch; one whose method promises not to block runs on the lane, at once,
 * if nothing of this connection runs or waits.
 *
 * <p>Bounds: calls count with their size on the wire until they are done, or until they are begun
 * if they take no slot, or until they give it up; past the limit reading stops until half of it is
 * done.
 */
final class CallQueue {
  private final HubRuntime<?> runtime;
  private final Lane lane;
  private final ReadGate gate;
  private final InvocationQueue<Queued> queue;

  /** Bytes of calls that are not done yet. The lane adds, any thread subtracts. */
  private final AtomicInteger pendingBytes = new AtomicInteger();

  /** Whether news of a refresh wait. The lane sets it, the thread that takes them clears it. */
  private final AtomicBoolean refreshedWaits = new AtomicBoolean();

  /** Whether reading is paused. Written by the lane, read by any thread. */
  private volatile boolean full;

  /** Whether there was no call at the last look, and none came since. Lane only. */
  private boolean quiet;

  /** Calls of the bytes that are being read. Lane only. */
  private List<Call> batch = List.of();

  CallQueue(HubRuntime<?> runtime, Lane lane, ReadGate gate) {
    this.runtime = runtime;
    this.lane = lane;
    this.gate = gate;
    this.queue = new InvocationQueue<>(this::run, Queued::takesSlot, runtime.threads());
  }

  /** Lets calls begin. Any thread. */
  void open() {
    queue.open(runtime.settings().parallelInvocations());
  }

  /** No call is to begin, ever. Any thread. */
  void refuse() {
    queue.refuse();
  }

  /** Takes a call, to be run in order. Lane thread. */
  void add(Call call) {
    quiet = false;
    if (call.method().isInline() && batch.isEmpty() && queue.isIdle()) {
      runtime.invoker().invokeInline(call);
      return;
    }
    if (batch.isEmpty()) {
      batch = new ArrayList<>();
    }
    batch.add(call);
  }

  /**
   * The user of the connection showed newer credentials, which its hub wants to hear. News that
   * still wait stand for what is newer, too.
   */
  void addRefreshed(HubConnection connection) {
    if (refreshedWaits.compareAndSet(false, true)) {
      queue.add(List.of(new Queued.Refreshed(connection)));
    }
  }

  /** Hands over what was added since the last time. Lane thread. */
  void submit() {
    if (batch.isEmpty()) {
      return;
    }
    int bytes = 0;
    for (Call call : batch) {
      bytes += call.wireBytes();
    }
    boolean tooMuch = pendingBytes.addAndGet(bytes) > runtime.settings().maxReceivedBytes();
    if (tooMuch && !full) {
      full = true;
      gate.hold(ReadGate.Cause.CALLS);
    }
    queue.add(batch);
    batch = List.of();
  }

  /**
   * A call is about to wait for a client's answer: those behind it are read and run meanwhile, for
   * the answer may depend on them ({@code docs/protocol/hub-semantics.md} §14). Any thread.
   */
  void giveUpSlot(Call call) {
    if (queue.giveUpSlot(call)) {
      countOff(call);
    }
  }

  /**
   * Whether nothing runs or waits, and nothing did at the last look: so whatever calls sent was
   * posted to the lane before this look. Lane thread.
   */
  boolean isQuiet() {
    boolean before = quiet;
    quiet = queue.isQuiet();
    return before && quiet;
  }

  /** As {@link InvocationQueue#finish}. */
  void finish(Runnable lastTask, boolean discard) {
    queue.finish(lastTask, discard);
  }

  private void run(Queued next) {
    switch (next) {
      case Call call -> run(call);
      case Queued.Refreshed news -> {
        refreshedWaits.set(false);
        runtime.invoker().refreshed(news.connection());
      }
    }
  }

  private void run(Call call) {
    if (call.method().takesSlot()) {
      runtime.invoker().invoke(call);
      if (queue.holdsSlot(call)) {
        countOff(call);
      }
    } else {
      countOff(call);
      runtime.invoker().invoke(call);
    }
  }

  private void countOff(Call call) {
    int left = pendingBytes.addAndGet(-call.wireBytes());
    if (full && left <= runtime.settings().maxReceivedBytes() / 2) {
      lane.execute(this::resume);
    }
  }

  private void resume() {
    if (full && pendingBytes.get() <= runtime.settings().maxReceivedBytes() / 2) {
      full = false;
      gate.release(ReadGate.Cause.CALLS);
    }
  }
}
