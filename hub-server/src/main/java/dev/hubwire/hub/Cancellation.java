package dev.hubwire.hub;

import java.util.concurrent.CancellationException;

/**
 * Tells a hub's method that its answer is no longer wanted: the client cancelled the call, or the
 * connection is over. A method asks for it with a parameter of this type, which clients do not
 * send; one that has none cannot be cancelled, unless it returns a stream. Safe for use by any
 * thread.
 *
 * <p>Nothing is taken from a method by force. Whatever it does then, its client gets exactly one
 * answer: the result if it returns, the usual error if it throws.
 */
public interface Cancellation {
  /** Whether the answer is no longer wanted; never false again once it was true. */
  boolean isCancelled();

  /**
   * @throws CancellationException if the answer is no longer wanted
   */
  void throwIfCancelled();

  /**
   * Runs something when the call is cancelled, on a thread that may block; at once and on the
   * calling thread if it is cancelled already. Not after the call has ended.
   */
  Registration onCancel(Runnable action);

  /**
   * Interrupts the calling thread when the call is cancelled, from now until the method returns; at
   * once if it is cancelled already. The interrupt does not outlive the call.
   */
  void interruptOnCancel();

  /** Something that waits for a cancellation. */
  interface Registration extends AutoCloseable {
    /** Waits no longer. Does not wait for an action that runs. */
    @Override
    void close();
  }
}
