package dev.hubwire.dispatch;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * The streams to one client that have been asked for and have not ended, by their invocation ids.
 * Thread-safe.
 */
final class ActiveStreams {
  /** Streams a client may have at a time; each has a thread. */
  static final int MOST = 100;

  /** Made with the first stream, since most connections have none. Lane thread writes. */
  private volatile @Nullable ConcurrentMap<String, StreamRun> streams;

  /** What became of a stream that wants to begin. */
  enum Admission {
    ADMITTED,
    ID_IN_USE,
    TOO_MANY
  }

  /** Lane thread. */
  Admission admit(StreamRun stream) {
    ConcurrentMap<String, StreamRun> present = streams;
    if (present == null) {
      present = new ConcurrentHashMap<>();
      streams = present;
    }
    if (present.size() >= MOST) {
      return Admission.TOO_MANY;
    }
    return present.putIfAbsent(stream.id(), stream) == null
        ? Admission.ADMITTED
        : Admission.ID_IN_USE;
  }

  /**
   * Cancels a stream; false if there is none of this id, which is what it is when it has just
   * ended.
   */
  boolean cancel(String id) {
    ConcurrentMap<String, StreamRun> present = streams;
    StreamRun stream = present == null ? null : present.get(id);
    if (stream == null) {
      return false;
    }
    stream.cancel();
    return true;
  }

  void cancelAll() {
    ConcurrentMap<String, StreamRun> present = streams;
    if (present != null) {
      present.values().forEach(StreamRun::cancel);
    }
  }

  void ended(StreamRun stream) {
    ConcurrentMap<String, StreamRun> present = streams;
    if (present != null) {
      present.remove(stream.id(), stream);
    }
  }
}
