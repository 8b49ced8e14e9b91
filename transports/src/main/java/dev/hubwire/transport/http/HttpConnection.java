package dev.hubwire.transport.http;

import dev.hubwire.negotiation.Transport;
import dev.hubwire.transport.loop.LoopConnection;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * A connection whose client sends by POST. Uploads are taken one at a time, in the order they came:
 * the one in front is read, the others wait with their bodies unread. Loop thread only, but for
 * {@link #take}.
 */
public abstract class HttpConnection extends LoopConnection {
  /** POSTs that may wait behind the one that is read; official clients keep one under way. */
  private static final int MAX_WAITING = 64;

  /** The first is being read. Null while there is none. */
  private @Nullable ArrayDeque<Upload> uploads;

  protected HttpConnection(Identity identity, Transport transport) {
    super(identity, transport);
  }

  /** Takes over an upload. Any thread. */
  final void take(Upload upload) {
    inTurn(() -> line(upload));
  }

  /** A piece of the first upload. It is handed on at once, or when reading goes on. */
  final void deliver(Upload upload, byte[] piece, int length) {
    inTurn(
        () -> {
          if (state() != State.OPEN) {
            upload.refuse();
          } else if (isPaused()) {
            upload.hold(piece, length);
          } else {
            hand(upload, piece, length);
          }
        });
  }

  /** The first upload is over, whatever became of it. Any thread. */
  final void done(Upload upload) {
    inTurn(
        () -> {
          ArrayDeque<Upload> line = uploads;
          if (line == null) {
            return;
          }
          boolean wasFirst = upload.equals(line.peek());
          line.remove(upload);
          if (line.isEmpty()) {
            uploads = null;
          } else if (wasFirst) {
            line.getFirst().read();
          }
        });
  }

  @Override
  protected void readOn() {
    Upload first = uploads == null ? null : uploads.peek();
    if (first != null && first.isHeld()) {
      byte[] piece = first.held();
      hand(first, piece, piece.length);
    }
  }

  /** Answers whoever still wants to send. */
  protected final void refuseUploads() {
    if (uploads != null) {
      uploads.forEach(Upload::refuse);
      uploads = null;
    }
  }

  private void hand(Upload upload, byte[] piece, int length) {
    received(ByteBuffer.wrap(piece, 0, length));
    upload.read();
  }

  private void line(Upload upload) {
    if (state() != State.OPEN) {
      upload.refuse();
      return;
    }
    if (uploads == null) {
      uploads = new ArrayDeque<>(2);
    }
    if (uploads.size() > MAX_WAITING) {
      upload.refuseForNow();
      return;
    }
    uploads.add(upload);
    if (uploads.size() == 1) {
      upload.read();
    }
  }
}
