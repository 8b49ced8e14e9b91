package dev.hubwire.dispatch;

import dev.hubwire.hub.HubException;
import dev.hubwire.protocol.HubMessage;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The streams that one client uploads.
 *
 * <p>Bounds: items count with their size on the wire, all streams together, until they are read. An
 * upload that holds more items than it should, or too many bytes in all, stops the reading of the
 * connection until that has changed.
 *
 * <p>Threads: the lane opens, fills and ends; the thread that ran a method closes.
 */
final class Uploads {
  private final int maxBytes;
  private final int capacity;
  private final Runnable onRoom;

  /** Bytes of items that wait to be read. The lane adds, any thread subtracts. */
  private final AtomicInteger waitingBytes = new AtomicInteger();

  /**
   * What stops the reading, or null. Set by the lane. Whoever clears it sees to it that reading
   * goes on: the lane by going on, another thread by telling the lane.
   */
  private final AtomicReference<@Nullable Upload> blocking = new AtomicReference<>();

  /** By stream id; null when there is none. Guarded by this. */
  private @Nullable Map<String, Upload> open;

  /**
   * @param onRoom to be run when reading can go on; called by any thread
   */
  Uploads(HubSettings settings, Runnable onRoom) {
    this.maxBytes = settings.maxReceivedBytes();
    this.capacity = settings.streams().bufferCapacity();
    this.onRoom = onRoom;
  }

  /** The first of these ids that is in use or that comes twice, or null. */
  synchronized @Nullable String firstInUse(List<String> streamIds) {
    for (int i = 0; i < streamIds.size(); i++) {
      String id = streamIds.get(i);
      if ((open != null && open.containsKey(id)) || streamIds.indexOf(id) < i) {
        return id;
      }
    }
    return null;
  }

  /** Opens an upload for each parameter. The ids are not in use. Lane thread. */
  synchronized List<Upload> open(List<String> streamIds, List<HubParameter.Upload> parameters) {
    if (streamIds.isEmpty()) {
      return List.of();
    }
    if (open == null) {
      open = new HashMap<>();
    }
    List<Upload> result = new ArrayList<>(streamIds.size());
    for (int i = 0; i < streamIds.size(); i++) {
      Upload upload = new Upload(parameters.get(i).itemType(), capacity, this::taken);
      open.put(streamIds.get(i), upload);
      result.add(upload);
    }
    return result;
  }

  /** What the items of a stream are read as, or null if it is not open. */
  @Nullable Type itemType(String streamId) {
    Upload upload = find(streamId);
    return upload == null ? null : upload.itemType();
  }

  /** Returns whether somebody waits for this stream. Lane thread. */
  boolean put(HubMessage.StreamItem item, int wireBytes) {
    Upload upload = find(item.invocationId());
    if (upload == null) {
      return false;
    }
    // Counted first: it may be read, and counted off, before put returns.
    waitingBytes.addAndGet(wireBytes);
    if (!upload.put(item.item(), wireBytes)) {
      waitingBytes.addAndGet(-wireBytes);
      return false;
    }
    if (isTooMuch(upload)) {
      blocking.set(upload);
      // It may have been read before others could see that they have to tell.
      unblock();
    }
    return true;
  }

  /**
   * Ends a stream; what has come of it can still be read. Returns whether there is one. Lane
   * thread.
   *
   * @param failure what the reader is told, or null for a normal end
   */
  synchronized boolean end(String streamId, @Nullable HubException failure) {
    Upload upload = open == null ? null : open.remove(streamId);
    if (upload == null) {
      return false;
    }
    forgetIfEmpty();
    upload.end(failure);
    return true;
  }

  /** Forgets what a call that has ended did not read. Any thread. */
  void close(List<String> streamIds, List<Upload> uploads) {
    for (int i = 0; i < uploads.size(); i++) {
      synchronized (this) {
        if (open != null && open.remove(streamIds.get(i), uploads.get(i))) {
          forgetIfEmpty();
        }
      }
      uploads.get(i).close();
    }
  }

  /** The connection is over. */
  synchronized void endAll() {
    if (open != null) {
      for (Upload upload : open.values()) {
        upload.end(new CancellationException("The underlying connection was closed."));
      }
      open = null;
    }
  }

  /** Whether nothing more is to be read at the moment. Lane thread. */
  boolean isBlocked() {
    return blocking.get() != null;
  }

  private boolean isTooMuch(Upload upload) {
    return waitingBytes.get() > maxBytes || !upload.hasRoom();
  }

  private void taken(int bytes) {
    waitingBytes.addAndGet(-bytes);
    if (unblock()) {
      onRoom.run();
    }
  }

  /** Returns whether the caller has to see to it that reading goes on. */
  private boolean unblock() {
    Upload upload = blocking.get();
    return upload != null && !isTooMuch(upload) && blocking.compareAndSet(upload, null);
  }

  private synchronized @Nullable Upload find(String streamId) {
    return open == null ? null : open.get(streamId);
  }

  private synchronized void forgetIfEmpty() {
    if (open != null && open.isEmpty()) {
      open = null;
    }
  }
}
