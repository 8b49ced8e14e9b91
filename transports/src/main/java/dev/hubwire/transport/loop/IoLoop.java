package dev.hubwire.transport.loop;

import dev.hubwire.transport.Lane;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/**
 * What one IO thread does for its connections.
 *
 * <p>The thread enters the loop in one of three ways: a socket became ready, the inbox was posted
 * to, the scan is due. Each entry is a <em>turn</em>: it does its work, then runs what was posted
 * meanwhile, and last writes for every connection that has something to write, once, however much
 * was sent to it in this turn.
 *
 * <p>The inbox is the only place where another thread hands something to a connection. It is first
 * in, first out, which is where every promise of order comes from; and it lets connections keep
 * their queues in plain fields. A post wakes the thread only if the loop is not awake already.
 *
 * <p>The buffers are shared by all connections of the loop, so none of them may hold on to one
 * beyond its own turn.
 */
public final class IoLoop implements Lane {
  /** Bytes read, or gathered for writing, at most with one system call. */
  public static final int BUFFER_SIZE = 64 * 1024;

  /**
   * Posted tasks after which connections get to write in between, so that a long inbox delays
   * nobody's bytes.
   */
  private static final int TASKS_BETWEEN_FLUSHES = 512;

  private final LoopThread thread;
  private final LongSupplier nanoClock;
  private final InstantSource timeOfDay;

  /** Filled by any thread, emptied by the loop. */
  private final ConcurrentLinkedQueue<Runnable> inbox = new ConcurrentLinkedQueue<>();

  /**
   * Whether the loop is awake or about to be: set by any thread that posts, cleared by the loop.
   */
  private final AtomicBoolean awake = new AtomicBoolean();

  private final Runnable wakeUp = this::turnOfInbox;

  /** Loop thread only, like all that follow. */
  private final ByteBuffer readBuffer = ByteBuffer.allocateDirect(BUFFER_SIZE);

  private final ByteBuffer scratch = ByteBuffer.allocate(BUFFER_SIZE);
  private final ByteBuffer writeBuffer = ByteBuffer.allocateDirect(BUFFER_SIZE);
  private final List<LoopMember> members = new ArrayList<>();
  private final List<LoopMember> dirty = new ArrayList<>();
  private boolean inTurn;

  /** As {@link #IoLoop(LoopThread, LongSupplier, InstantSource)}, with the system's time of day. */
  public IoLoop(LoopThread thread, LongSupplier nanoClock) {
    this(thread, nanoClock, InstantSource.system());
  }

  /**
   * @param nanoClock nanoseconds since an arbitrary origin, never going back
   * @param timeOfDay by which authentications expire
   */
  public IoLoop(LoopThread thread, LongSupplier nanoClock, InstantSource timeOfDay) {
    this.thread = thread;
    this.nanoClock = nanoClock;
    this.timeOfDay = timeOfDay;
  }

  @Override
  public void execute(Runnable task) {
    inbox.add(task);
    if (thread.isCurrent() && inTurn) {
      return; // the turn's end runs it
    }
    if (awake.compareAndSet(false, true)) {
      thread.execute(wakeUp);
    }
  }

  @Override
  public boolean isCurrent() {
    return thread.isCurrent();
  }

  /**
   * Whether the caller runs in a turn and nothing is posted that it could overtake: then what it
   * sends may go straight to a connection's queue and is written at the turn's end.
   */
  public boolean isInTurnAndUpToDate() {
    return thread.isCurrent() && inTurn && inbox.isEmpty();
  }

  /**
   * Runs work as a turn of its own, or within the turn that is under way. Loop thread only.
   *
   * @param member whose work it is: if it throws, this member is cut
   */
  public void turn(LoopMember member, Runnable work) {
    if (inTurn) {
      guarded(member, work);
    } else {
      turn(() -> guarded(member, work));
    }
  }

  /** Scans every member. Loop thread only; the wiring calls it about once a second. */
  public void tick() {
    turn(this::scan);
  }

  private void scan() {
    long now = nanoClock.getAsLong();
    // Backwards, since a member that leaves is replaced by the last one.
    for (int i = members.size() - 1; i >= 0; i--) {
      LoopMember member = members.get(i);
      guarded(member, () -> member.tick(now));
    }
  }

  private void turn(Runnable work) {
    inTurn = true;
    try {
      work.run();
      runInbox();
    } finally {
      inTurn = false;
    }
  }

  /** The loop's clock, in nanoseconds. */
  public long now() {
    return nanoClock.getAsLong();
  }

  /** The time of day. */
  public Instant timeOfDay() {
    return timeOfDay.instant();
  }

  /** Adds a connection to the scan. Loop thread only. */
  public void add(LoopMember member) {
    member.moveTo(members.size());
    members.add(member);
  }

  /** Takes a connection out of the scan. Loop thread only. Idempotent. */
  public void remove(LoopMember member) {
    if (!member.isMember()) {
      return;
    }
    LoopMember last = members.getLast();
    members.set(member.index(), last);
    last.moveTo(member.index());
    members.removeLast();
    member.removed();
  }

  /** How many connections live here. Loop thread only. */
  public int size() {
    return members.size();
  }

  /** Has {@link LoopMember#flush()} called at the end of this turn. Loop thread only. */
  public void markDirty(LoopMember member) {
    if (member.markDirty()) {
      dirty.add(member);
    }
  }

  /** The buffer to read into, cleared. Loop thread only, valid until the next call. */
  public ByteBuffer readBuffer() {
    return readBuffer.clear();
  }

  /** Heap memory to unmask into, with an accessible array, cleared. Loop thread only. */
  public ByteBuffer scratch() {
    return scratch.clear();
  }

  /** The buffer to gather small writes in, cleared. Loop thread only, valid until the next call. */
  public ByteBuffer writeBuffer() {
    return writeBuffer.clear();
  }

  private void turnOfInbox() {
    do {
      turn(() -> {});
      awake.set(false);
      // A post between the two lines above saw the loop awake and relies on this look.
    } while (!inbox.isEmpty() && awake.compareAndSet(false, true));
  }

  /** Runs what was posted and writes what is to be written, until there is neither. */
  private void runInbox() {
    do {
      for (int i = 0; i < TASKS_BETWEEN_FLUSHES; i++) {
        Runnable task = inbox.poll();
        if (task == null) {
          break;
        }
        try {
          task.run();
        } catch (Throwable failure) {
          LoopLog.taskFailed(failure);
        }
      }
      flushDirty();
    } while (!inbox.isEmpty());
  }

  private void flushDirty() {
    // By index: a flush may mark another member, or the same one again.
    for (int i = 0; i < dirty.size(); i++) {
      LoopMember member = dirty.get(i);
      guarded(member, member::flushNow);
    }
    dirty.clear();
  }

  private static void guarded(LoopMember member, Runnable work) {
    try {
      work.run();
    } catch (Throwable failure) {
      member.fail(failure);
    }
  }
}
