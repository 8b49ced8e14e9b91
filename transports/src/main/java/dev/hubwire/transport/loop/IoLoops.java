package dev.hubwire.transport.loop;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.xnio.XnioExecutor;
import org.xnio.XnioIoThread;

/** The loops of a server, one for each IO thread that has a connection. Thread-safe. */
public final class IoLoops implements AutoCloseable {
  private final Duration scanInterval;
  private final LongSupplier nanoClock;
  private final InstantSource timeOfDay;
  private final Map<XnioIoThread, Entry> loops = new ConcurrentHashMap<>();

  /** As {@link #IoLoops(Duration, LongSupplier, InstantSource)}, with the system's time of day. */
  public IoLoops(Duration scanInterval, LongSupplier nanoClock) {
    this(scanInterval, nanoClock, InstantSource.system());
  }

  /**
   * @param scanInterval time between two scans of a loop's connections; the grain of every time-out
   * @param nanoClock nanoseconds since an arbitrary origin
   * @param timeOfDay by which authentications expire
   */
  public IoLoops(Duration scanInterval, LongSupplier nanoClock, InstantSource timeOfDay) {
    if (!scanInterval.isPositive()) {
      throw new IllegalArgumentException("scanInterval: " + scanInterval + " (expected: > 0)");
    }
    this.scanInterval = scanInterval;
    this.nanoClock = nanoClock;
    this.timeOfDay = timeOfDay;
  }

  /** The loop of an IO thread; made when it is first asked for. */
  public IoLoop of(XnioIoThread thread) {
    return loops.computeIfAbsent(thread, this::start).loop();
  }

  /** Every loop there is now. */
  public List<IoLoop> all() {
    List<IoLoop> all = new ArrayList<>();
    loops.values().forEach(entry -> all.add(entry.loop()));
    return all;
  }

  /**
   * How many connections live on all loops. Any thread but theirs; blocks until each has answered.
   */
  public int members() {
    int members = 0;
    for (IoLoop loop : all()) {
      CompletableFuture<Integer> size = new CompletableFuture<>();
      loop.execute(() -> size.complete(loop.size()));
      members += size.join();
    }
    return members;
  }

  /** Stops the scans. The threads are their owner's to stop. */
  @Override
  public void close() {
    loops.values().forEach(entry -> entry.scan().remove());
    loops.clear();
  }

  private Entry start(XnioIoThread thread) {
    IoLoop loop = new IoLoop(new XnioLoopThread(thread), nanoClock, timeOfDay);
    XnioExecutor.Key scan =
        thread.executeAtInterval(loop::tick, scanInterval.toMillis(), TimeUnit.MILLISECONDS);
    return new Entry(loop, scan);
  }

  private record Entry(IoLoop loop, XnioExecutor.Key scan) {}

  private record XnioLoopThread(XnioIoThread thread) implements LoopThread {
    @Override
    public void execute(Runnable task) {
      thread.execute(task);
    }

    @Override
    public boolean isCurrent() {
      return Thread.currentThread() == thread;
    }
  }
}
