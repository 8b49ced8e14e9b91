package dev.hubwire.protocol;

import java.nio.ByteBuffer;

/**
 * Cuts the bytes of one connection into records. A record that lies wholly in the bytes of one call
 * is read where it is; only what waits for more is copied, and a connection that waits for nothing
 * holds no memory. Lane thread only.
 *
 * <p>After an exception what the buffer holds means nothing, and the connection has to end.
 */
public final class RecordBuffer {
  /** Knows where records end, and takes them. May change its mind about both between records. */
  public interface Reader {
    /** As {@link HubProtocol#recordEnd}. */
    int recordEnd(byte[] bytes, int start, int scanned, int end);

    /**
     * Takes a record, framing included. The bytes are only valid during the call.
     *
     * @return whether to go on with the next one; if not, the rest is kept for {@link #resume}
     */
    boolean onRecord(byte[] bytes, int start, int end);
  }

  private static final byte[] NOTHING = {};

  /** How many bytes are added to a started record at first, in the hope to complete it. */
  private static final int FIRST_STEP = 256;

  private final Reader reader;
  private final int maxSize;

  /** What was kept, from {@link #keptStart} to {@link #keptEnd}. Lane thread. */
  private byte[] kept = NOTHING;

  private int keptStart;
  private int keptEnd;

  /** Of the bytes that were not read, how many were searched for the end of a record. */
  private int scanned;

  /** Whether the reader wanted to go on. */
  private boolean goOn;

  /**
   * @param maxSize bytes a record may have, framing included; 0 for any number
   */
  public RecordBuffer(Reader reader, int maxSize) {
    if (maxSize < 0) {
      throw new IllegalArgumentException("maxSize: " + maxSize + " (expected: >= 0)");
    }
    this.reader = reader;
    this.maxSize = maxSize == 0 ? Integer.MAX_VALUE : maxSize;
  }

  /**
   * Reads what has arrived, after what was kept before.
   *
   * @param bytes with an accessible array; all of them are taken, and none is needed afterwards
   * @throws ProtocolException if a record is too large, or what the reader throws
   */
  public void feed(ByteBuffer bytes) {
    byte[] array = bytes.array();
    int start = bytes.arrayOffset() + bytes.position();
    int end = bytes.arrayOffset() + bytes.limit();
    bytes.position(bytes.limit());
    goOn = true;
    if (!isEmpty()) {
      start = readKept(array, start, end);
    }
    if (goOn && isEmpty()) {
      start = readRecords(array, start, end);
    }
    keep(array, start, end);
  }

  /** Goes on with what was kept when the reader wanted to stop. */
  public void resume() {
    feed(ByteBuffer.wrap(NOTHING));
  }

  /** Whether nothing is waiting: no start of a record, and no record the reader did not want. */
  public boolean isEmpty() {
    return keptStart == keptEnd;
  }

  /** Forgets what is waiting. Not while the reader is called. */
  public void clear() {
    release();
    scanned = 0;
  }

  private void release() {
    kept = NOTHING;
    keptStart = 0;
    keptEnd = 0;
  }

  /**
   * Reads what was kept, and completes its last record with new bytes, a few at a time: the rest of
   * them can be read where they are.
   *
   * @return where the new bytes start that are not part of what is kept
   */
  private int readKept(byte[] array, int start, int end) {
    keptStart = readRecords(kept, keptStart, keptEnd);
    int next = start;
    int step = FIRST_STEP;
    while (goOn && keptStart < keptEnd && next < end) {
      int wanted = Math.min(step, maxSize - (keptEnd - keptStart) + 1);
      int added = Math.min(wanted, end - next);
      keep(array, next, next + added);
      next += added;
      step *= 2;
      keptStart = readRecords(kept, keptStart, keptEnd);
      int unread = keptEnd - keptStart;
      if (unread <= added) {
        next -= unread;
        keptStart = keptEnd;
      }
    }
    if (isEmpty()) {
      release();
    }
    return next;
  }

  /** Returns where the first byte is that was not read. */
  private int readRecords(byte[] bytes, int from, int end) {
    int start = from;
    while (goOn && start < end) {
      int recordEnd = reader.recordEnd(bytes, start, start + scanned, end);
      if (tooLarge(start, recordEnd < 0 ? end : recordEnd)) {
        throw ProtocolException.invalidData(
            "The maximum message size of "
                + maxSize
                + "B was exceeded. The message size can be configured in AddHubOptions.");
      }
      if (recordEnd < 0) {
        scanned = end - start;
        return start;
      }
      scanned = 0;
      goOn = reader.onRecord(bytes, start, recordEnd);
      start = recordEnd;
    }
    return start;
  }

  private boolean tooLarge(int start, int end) {
    return end - start > maxSize;
  }

  private void keep(byte[] array, int start, int end) {
    int more = end - start;
    if (more == 0) {
      return;
    }
    int size = keptEnd - keptStart;
    if (kept.length - keptEnd < more) {
      int doubled = (int) Math.min(2L * kept.length, maxSize + 1L);
      int needed = Math.addExact(size, more);
      byte[] target = needed <= kept.length ? kept : new byte[Math.max(needed, doubled)];
      System.arraycopy(kept, keptStart, target, 0, size);
      kept = target;
      keptStart = 0;
      keptEnd = size;
    }
    System.arraycopy(array, start, kept, keptEnd, more);
    keptEnd += more;
  }
}
