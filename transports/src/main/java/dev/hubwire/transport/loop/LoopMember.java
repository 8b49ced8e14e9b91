package dev.hubwire.transport.loop;

import dev.hubwire.transport.TransportListener;
import org.jspecify.annotations.Nullable;

/** A connection that lives on an {@link IoLoop}. Everything here is loop thread only. */
public abstract class LoopMember {
  private static final int NOWHERE = -1;

  /** Where the loop keeps this member, so that it is removed without a search. Loop thread only. */
  private int index = NOWHERE;

  /** Whether it waits for the loop's flush pass. Loop thread only. */
  private boolean dirty;

  /**
   * Writes what waits, as far as the socket takes it. Called once per turn in which the member was
   * marked.
   */
  protected abstract void flush();

  /** The periodic scan. */
  protected abstract void tick(long nowNanos);

  /** Cuts the connection after one of its callbacks failed. */
  protected abstract void fail(Throwable failure);

  /**
   * Closes, unless that would break something off.
   *
   * @param listener null once the connection is over
   */
  protected static void unlessBusy(
      @Nullable TransportListener listener, Runnable close, Runnable whenBusy) {
    if (listener != null && listener.isBusy()) {
      whenBusy.run();
    } else {
      close.run();
    }
  }

  final boolean markDirty() {
    boolean first = !dirty;
    dirty = true;
    return first;
  }

  final void flushNow() {
    dirty = false;
    flush();
  }

  final int index() {
    return index;
  }

  final void moveTo(int newIndex) {
    index = newIndex;
  }

  final void removed() {
    index = NOWHERE;
  }

  final boolean isMember() {
    return index != NOWHERE;
  }
}
