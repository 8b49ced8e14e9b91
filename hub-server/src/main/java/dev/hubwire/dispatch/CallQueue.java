package dev.hubwire.dispatch;

import dev.hubwire.transport.TransportConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The calls of one connection on their way from the lane to a thread. Calls that come with one read
 * are handed over in one batch; one whose method promises not to block runs on the lane, at once,
 * if nothing of this connection runs or waits.
 *
 * <p>Bounds: calls count with their size on the wire until they are done; past the limit the
 * transport stops reading until half of it is done.
 */
final class CallQueue {
  private final HubRuntime<?> runtime;
  private final TransportConnection transport;
  private final InvocationQueue<Call> queue;

  /** Bytes of calls that are not done yet. The lane adds, any thread subtracts. */
  private final AtomicInteger pendingBytes = new AtomicInteger();

  /** Whether reading is paused. Written by the lane, read by any thread. */
  private volatile boolean full;

  /** Calls of the bytes that are being read. Lane only. */
  private List<Call> batch = List.of();

  CallQueue(HubRuntime<?> runtime, TransportConnection transport) {
    this.runtime = runtime;
    this.transport = transport;
    this.queue = new InvocationQueue<>(this::run, runtime.threads());
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
    if (call instanceof Call.Unary unary
        && unary.method().isInline()
        && batch.isEmpty()
        && queue.isIdle()) {
      runtime.invoker().invokeInline(unary);
      return;
    }
    if (batch.isEmpty()) {
      batch = new ArrayList<>();
    }
    batch.add(call);
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
      transport.pauseReads();
    }
    queue.add(batch);
    batch = List.of();
  }

  /** Whether reading is paused because too much waits. */
  boolean isFull() {
    return full;
  }

  /** As {@link InvocationQueue#finish}. */
  void finish(Runnable lastTask, boolean discard) {
    queue.finish(lastTask, discard);
  }

  private void run(Call call) {
    switch (call) {
      case Call.Unary unary -> runtime.invoker().invoke(unary);
      // Begins in its turn, but those behind it do not wait for its end.
      case Call.Streamed streamed -> runtime.threads().execute(streamed.stream());
    }
    int left = pendingBytes.addAndGet(-call.wireBytes());
    if (full && left <= runtime.settings().maxReceivedBytes() / 2) {
      transport.lane().execute(this::resume);
    }
  }

  private void resume() {
    if (full && pendingBytes.get() <= runtime.settings().maxReceivedBytes() / 2) {
      full = false;
      transport.resumeReads();
    }
  }
}
