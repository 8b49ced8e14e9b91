package dev.hubwire.transport.websocket;

import dev.hubwire.negotiation.Transport;
import dev.hubwire.transport.CloseReason;
import dev.hubwire.transport.ConnectionHandler;
import dev.hubwire.transport.SharedPayload;
import dev.hubwire.transport.loop.LoopConnection;
import dev.hubwire.transport.loop.OutboxWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.xnio.IoUtils;
import org.xnio.StreamConnection;
import org.xnio.conduits.ConduitStreamSinkChannel;
import org.xnio.conduits.ConduitStreamSourceChannel;
import org.xnio.ssl.SslConnection;

/**
 * One WebSocket.
 *
 * <p><b>Closing.</b> Whoever starts it, what was sent before is written, then one Close frame. A
 * client that sent its own Close frame first is cut when ours is written; one that has still to
 * answer, or that broke a rule, is read and ignored until it closes or the close time-out passes,
 * since cutting it while it is still sending could destroy the Close frame on its way (RFC 6455
 * §7.1.1).
 *
 * <p><b>What may be lost.</b> Nothing that was accepted before an orderly close, unless the client
 * does not read. After a cut, whatever the socket had not taken.
 */
final class WebSocketConnection extends LoopConnection {
  /** After so many reads in a row other connections have their turn. */
  private static final int MOST_READS = 16;

  private final StreamConnection socket;

  /**
   * Whether bytes may wait in front of the socket, of which the selector knows nothing: TLS reads
   * whole records.
   */
  private final boolean readsAhead;

  private final ConduitStreamSourceChannel source;
  private final ConduitStreamSinkChannel sink;
  private final FrameWriter writer;
  private final FrameReader reader;
  private final FrameSink frames = new Frames();

  /**
   * Read, but not parsed, because delivery was paused in the middle. Loop thread only, like all
   * that follow.
   */
  private @Nullable ByteBuffer unread;

  private boolean clientSentClose;

  /**
   * What the client still sends is not parsed any more: it broke a rule, or we failed in the middle
   * of a frame.
   */
  private boolean deaf;

  /** The code of the fault for which the connection closes, or 0. */
  private int faultCode;

  WebSocketConnection(Identity identity, StreamConnection socket) {
    super(identity, Transport.WEB_SOCKETS);
    this.socket = socket;
    this.readsAhead = socket instanceof SslConnection;
    this.source = socket.getSourceChannel();
    this.sink = socket.getSinkChannel();
    this.writer = new FrameWriter(sink, outbox());
    this.reader = new FrameReader(identity.options().maxFrameBytes());
  }

  /** Begins to read. In a turn of the loop, before anything else is called. */
  void open(ConnectionHandler handler) {
    loop().add(this);
    source.setReadListener(channel -> loop().turn(this, this::onReadable));
    sink.setWriteListener(channel -> loop().turn(this, () -> loop().markDirty(this)));
    join(handler.onConnected(this));
    if (!isPaused()) {
      source.resumeReads();
    }
  }

  /** It only carries a {@link ReattachableConnection}, which looks after the authentication. */
  void becomeCarrier() {
    leaveUserToAnother();
  }

  /** From now on, what is sent is bounded by whoever sends again what a socket loses. */
  void liftBounds() {
    leaveBoundsToAnother();
  }

  @Override
  public void pauseReads() {
    super.pauseReads();
    source.suspendReads();
  }

  @Override
  protected int sizeOf(SharedPayload payload) {
    return payload.frameSize();
  }

  @Override
  protected boolean hasUnwritten() {
    return writer.hasWork();
  }

  @Override
  protected void flush() {
    if (state() == State.CLOSED) {
      return;
    }
    try {
      OutboxWriter.Progress progress = writer.drain(loop().writeBuffer());
      if (progress != OutboxWriter.Progress.NONE) {
        madeProgress();
      }
      outbox().wakeIfDrained();
      if (progress == OutboxWriter.Progress.DONE) {
        sink.suspendWrites();
        onDrained();
      } else {
        sink.resumeWrites();
      }
    } catch (IOException reset) {
      finish(CloseReason.CLIENT_GONE, reset);
    }
  }

  @Override
  protected void tick(long nowNanos) {
    if (isClosingLongerThan(nowNanos, options().closeTimeout().toNanos())) {
      WebSocketLog.closeTimedOut(id());
      finish(CloseReason.TRANSPORT_ERROR, null);
    } else {
      super.tick(nowNanos);
    }
  }

  @Override
  protected void fail(Throwable failure) {
    // The reader may have stopped in the middle of a frame.
    deaf = true;
    super.fail(failure);
  }

  @Override
  protected void sayGoodbye(CloseReason reason, boolean applicationFailed) {
    writer.closeWith(ControlFrames.close(closeCode(reason, applicationFailed), ""));
    // Read on to find the client's Close frame; what comes before it goes nowhere.
    resumeReads();
  }

  @Override
  protected void letGo() {
    unread = null;
    IoUtils.safeClose(socket);
  }

  @Override
  protected void readOn() {
    ByteBuffer left = unread;
    unread = null;
    if (left != null) {
      parse(left);
    }
    if (!isPaused() && state() != State.CLOSED) {
      source.resumeReads();
      if (readsAhead) {
        source.wakeupReads();
      }
    }
  }

  private int closeCode(CloseReason reason, boolean applicationFailed) {
    if (faultCode != 0) {
      return faultCode;
    }
    if (applicationFailed) {
      return CloseCodes.INTERNAL_ERROR;
    }
    return reason == CloseReason.SERVER_SHUTDOWN ? CloseCodes.GOING_AWAY : CloseCodes.NORMAL;
  }

  private void onReadable() {
    try {
      for (int reads = 0; reads < MOST_READS; reads++) {
        ByteBuffer bytes = loop().readBuffer();
        int count = source.read(bytes);
        if (count < 0) {
          finish(CloseReason.CLIENT_GONE, null);
          return;
        }
        if (count > 0) {
          parse(bytes.flip());
        }
        if (count == 0 || !readsAhead || isPaused() || state() == State.CLOSED) {
          return;
        }
      }
      source.wakeupReads();
    } catch (IOException reset) {
      finish(CloseReason.CLIENT_GONE, reset);
    }
  }

  private void parse(ByteBuffer bytes) {
    if (deaf || clientSentClose) {
      return;
    }
    try {
      reader.read(bytes, loop().scratch(), frames);
    } catch (WebSocketException fault) {
      deaf = true;
      faultCode = fault.closeCode();
      WebSocketLog.clientBrokeRule(id(), fault);
      beginClose(CloseReason.TRANSPORT_ERROR, fault, false);
    }
    if (isPaused() && bytes.hasRemaining()) {
      unread = ByteBuffer.allocate(bytes.remaining()).put(bytes).flip();
    }
  }

  /** Everything is written, the Close frame too if there is one. */
  private void onDrained() throws IOException {
    if (state() != State.CLOSING) {
      return;
    }
    if (clientSentClose) {
      finish(CloseReason.CLIENT_CLOSED, null);
    } else if (deaf) {
      sink.shutdownWrites();
    }
  }

  /** What the frame reader found. */
  private final class Frames implements FrameSink {
    @Override
    public void onData(ByteBuffer bytes) {
      received(bytes);
    }

    @Override
    public boolean isPaused() {
      return WebSocketConnection.this.isPaused();
    }

    @Override
    public void onPing(ByteBuffer payload) {
      // A client that pings without reading gets no answers beyond what may wait anyway.
      if (state() == State.OPEN && outbox().isWritable()) {
        SharedPayload pong = SharedPayload.controlFrame(ControlFrames.pong(payload));
        if (outbox().reserve(pong.frameSize()).isGranted()) {
          enqueue(pong);
        }
      }
    }

    @Override
    public void onPong(ByteBuffer payload) {
      // Liveness is the hub's to judge; an unasked Pong needs no answer (RFC 6455 §5.5.3).
    }

    @Override
    public void onClose(int code, String reason) {
      clientSentClose = true;
      if (state() == State.OPEN) {
        beginClose(CloseReason.CLIENT_CLOSED, null, false);
      } else if (!writer.hasWork()) {
        finish(CloseReason.SERVER_CLOSED, null);
      }
    }
  }
}
