package dev.hubwire.transport.websocket;

import dev.hubwire.negotiation.TransferFormat;
import dev.hubwire.negotiation.Transport;
import dev.hubwire.negotiation.token.ConnectionId;
import dev.hubwire.transport.CloseReason;
import dev.hubwire.transport.ConnectionHandler;
import dev.hubwire.transport.ConnectionRequest;
import dev.hubwire.transport.Lane;
import dev.hubwire.transport.SendResult;
import dev.hubwire.transport.SharedPayload;
import dev.hubwire.transport.TransportConnection;
import dev.hubwire.transport.TransportListener;
import dev.hubwire.transport.TransportOptions;
import dev.hubwire.transport.loop.IoLoop;
import dev.hubwire.transport.loop.LoopMember;
import dev.hubwire.transport.loop.Outbox;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.xnio.IoUtils;
import org.xnio.StreamConnection;
import org.xnio.conduits.ConduitStreamSinkChannel;
import org.xnio.conduits.ConduitStreamSourceChannel;

/**
 * One WebSocket. It is open, then closing, then closed.
 *
 * <p><b>Threads.</b> All state is the loop's. Other threads reserve room in the outbox and post the
 * payload to the loop's inbox; closing and cutting are posted the same way, so that a Close frame
 * follows what its thread sent before.
 *
 * <p><b>Closing.</b> Whoever starts it, the listener is told at once and hears nothing more; what
 * was sent before is written, then one Close frame. A client that sent its own Close frame first is
 * cut when ours is written; one that has still to answer, or that broke a rule, is read and ignored
 * until it closes or the close time-out passes, since cutting it while it is still sending could
 * destroy the Close frame on its way (RFC 6455 §7.1.1).
 *
 * <p><b>What may be lost.</b> Nothing that was accepted before an orderly close, unless the client
 * does not read. After a cut, whatever the socket had not taken.
 */
final class WebSocketConnection extends LoopMember implements TransportConnection {
  private final ConnectionId id;
  private final ConnectionRequest request;
  private final TransportOptions options;
  private final IoLoop loop;
  private final StreamConnection socket;
  private final ConduitStreamSourceChannel source;
  private final ConduitStreamSinkChannel sink;
  private final Outbox outbox;
  private final FrameWriter writer;
  private final FrameReader reader;
  private final FrameSink frames = new Frames();
  private final Runnable whenFinished;

  /** Loop thread only, like all that follow. Null until the handler has been asked. */
  private @Nullable TransportListener listener;

  private State state = State.OPEN;
  private boolean paused;

  /** Read, but not parsed, because delivery was paused in the middle. */
  private @Nullable ByteBuffer unread;

  private boolean clientSentClose;

  /**
   * What the client still sends is not parsed any more: it broke a rule, or we failed in the middle
   * of a frame.
   */
  private boolean deaf;

  /** The loop's clock when the socket last took a byte, or when something began to wait for it. */
  private long progressNanos;

  private long closingSinceNanos;

  WebSocketConnection(
      ConnectionId id,
      ConnectionRequest request,
      TransportOptions options,
      IoLoop loop,
      StreamConnection socket,
      Runnable whenFinished) {
    this.id = id;
    this.request = request;
    this.options = options;
    this.loop = loop;
    this.socket = socket;
    this.source = socket.getSourceChannel();
    this.sink = socket.getSinkChannel();
    this.outbox = new Outbox(options.maxQueuedBytes(), options.slowConsumerPolicy());
    this.writer = new FrameWriter(sink.getConduit(), outbox);
    this.reader = new FrameReader(options.maxFrameBytes());
    this.whenFinished = whenFinished;
  }

  /** Begins to read. In a turn of the loop, before anything else is called. */
  void open(ConnectionHandler handler) {
    loop.add(this);
    listener = handler.onConnected(this);
    source.setReadListener(channel -> loop.turn(this, this::onReadable));
    sink.setWriteListener(channel -> loop.turn(this, () -> loop.markDirty(this)));
    if (!paused) {
      source.resumeReads();
    }
  }

  @Override
  public ConnectionId id() {
    return id;
  }

  @Override
  public Transport transport() {
    return Transport.WEB_SOCKETS;
  }

  @Override
  public Set<TransferFormat> transferFormats() {
    return Transport.WEB_SOCKETS.transferFormats();
  }

  @Override
  public ConnectionRequest request() {
    return request;
  }

  @Override
  public Lane lane() {
    return loop;
  }

  @Override
  public SendResult send(SharedPayload payload) {
    return offer(payload, loop.isInTurnAndUpToDate());
  }

  @Override
  public SendResult deliver(SharedPayload payload) {
    return offer(payload, true);
  }

  @Override
  public boolean isWritable() {
    return outbox.isWritable();
  }

  @Override
  public void awaitWritable() throws InterruptedException {
    if (loop.isCurrent()) {
      throw new IllegalStateException("a lane's thread must not wait for a client");
    }
    outbox.awaitWritable();
  }

  @Override
  public void close(CloseReason reason) {
    loop.execute(() -> loop.turn(this, () -> closeOrderly(reason)));
  }

  @Override
  public void abort(CloseReason reason) {
    loop.execute(() -> loop.turn(this, () -> finish(reason, null)));
  }

  @Override
  public void pauseReads() {
    paused = true;
    source.suspendReads();
  }

  @Override
  public void resumeReads() {
    if (paused) {
      paused = false;
      loop.execute(() -> loop.turn(this, this::readOn));
    }
  }

  @Override
  protected void flush() {
    if (state == State.CLOSED) {
      return;
    }
    try {
      FrameWriter.Progress progress = writer.drain(loop.writeBuffer());
      if (progress != FrameWriter.Progress.NONE) {
        progressNanos = loop.now();
      }
      outbox.wakeIfDrained();
      if (progress == FrameWriter.Progress.DONE) {
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
    if (state == State.CLOSING && nowNanos - closingSinceNanos > options.closeTimeout().toNanos()) {
      WebSocketLog.closeTimedOut(id);
      finish(CloseReason.TRANSPORT_ERROR, null);
      return;
    }
    if (writer.hasWork() && nowNanos - progressNanos > options.sendTimeout().toNanos()) {
      finish(CloseReason.SEND_TIMEOUT, null);
      return;
    }
    outbox.trim();
    if (state == State.OPEN && listener != null) {
      listener.onTick(nowNanos);
    }
  }

  @Override
  protected void fail(Throwable failure) {
    WebSocketLog.applicationFailed(id, failure);
    deaf = true;
    if (state == State.OPEN) {
      beginClose(CloseReason.APPLICATION_ERROR, CloseCodes.INTERNAL_ERROR, failure);
    } else {
      finish(CloseReason.APPLICATION_ERROR, failure);
    }
  }

  private SendResult offer(SharedPayload payload, boolean directly) {
    Outbox.Room room = outbox.reserve(payload.frameSize());
    if (room.isGranted()) {
      if (directly) {
        enqueue(payload);
      } else {
        loop.execute(() -> enqueue(payload));
      }
    } else {
      payload.release();
      if (room == Outbox.Room.TOO_SLOW) {
        abort(CloseReason.SLOW_CONSUMER);
      }
    }
    return room.toSendResult();
  }

  private void enqueue(SharedPayload payload) {
    if (!writer.hasWork()) {
      progressNanos = loop.now();
    }
    outbox.add(payload);
    loop.markDirty(this);
  }

  private void onReadable() {
    try {
      ByteBuffer bytes = loop.readBuffer();
      int count = source.read(bytes);
      if (count < 0) {
        finish(CloseReason.CLIENT_GONE, null);
      } else if (count > 0) {
        parse(bytes.flip());
      }
    } catch (IOException reset) {
      finish(CloseReason.CLIENT_GONE, reset);
    }
  }

  private void readOn() {
    ByteBuffer left = unread;
    unread = null;
    if (left != null) {
      parse(left);
    }
    if (!paused && state != State.CLOSED) {
      source.resumeReads();
    }
  }

  private void parse(ByteBuffer bytes) {
    if (deaf || clientSentClose) {
      return;
    }
    try {
      reader.read(bytes, loop.scratch(), frames);
    } catch (WebSocketException fault) {
      deaf = true;
      WebSocketLog.clientBrokeRule(id, fault);
      beginClose(CloseReason.TRANSPORT_ERROR, fault.closeCode(), fault);
    }
    if (paused && bytes.hasRemaining()) {
      unread = ByteBuffer.allocate(bytes.remaining()).put(bytes).flip();
    }
  }

  private void closeOrderly(CloseReason reason) {
    if (state == State.OPEN && listener != null) {
      listener.onClosing(reason);
    }
    int code = reason == CloseReason.SERVER_SHUTDOWN ? CloseCodes.GOING_AWAY : CloseCodes.NORMAL;
    beginClose(reason, code, null);
  }

  private void beginClose(CloseReason reason, int code, @Nullable Throwable cause) {
    if (state != State.OPEN) {
      return;
    }
    state = State.CLOSING;
    closingSinceNanos = loop.now();
    if (!writer.hasWork()) {
      progressNanos = closingSinceNanos;
    }
    outbox.stopAccepting();
    writer.closeWith(ControlFrames.close(code, ""));
    loop.markDirty(this);
    // Read on to find the client's Close frame; what comes before it goes nowhere.
    resumeReads();
    tellListener(reason, cause);
  }

  /** Everything is written, the Close frame too if there is one. */
  private void onDrained() throws IOException {
    if (state != State.CLOSING) {
      return;
    }
    if (clientSentClose) {
      finish(CloseReason.CLIENT_CLOSED, null);
    } else if (deaf) {
      sink.shutdownWrites();
    }
  }

  private void finish(CloseReason reason, @Nullable Throwable cause) {
    if (state == State.CLOSED) {
      return;
    }
    boolean tell = state == State.OPEN;
    state = State.CLOSED;
    unread = null;
    outbox.close();
    loop.remove(this);
    IoUtils.safeClose(socket);
    whenFinished.run();
    if (tell) {
      tellListener(reason, cause);
    }
  }

  private void tellListener(CloseReason reason, @Nullable Throwable cause) {
    WebSocketLog.closed(id, reason, cause);
    TransportListener told = listener;
    listener = null;
    if (told != null) {
      told.onClosed(reason, cause);
    }
  }

  /** What the frame reader found. */
  private final class Frames implements FrameSink {
    @Override
    public void onData(ByteBuffer bytes) {
      if (listener != null) {
        listener.onReceived(bytes);
      }
    }

    @Override
    public boolean isPaused() {
      return paused;
    }

    @Override
    public void onPing(ByteBuffer payload) {
      // A client that pings without reading gets no answers beyond what may wait anyway.
      if (state == State.OPEN && outbox.isWritable()) {
        SharedPayload pong = SharedPayload.controlFrame(ControlFrames.pong(payload));
        if (outbox.reserve(pong.frameSize()).isGranted()) {
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
      if (state == State.OPEN) {
        beginClose(CloseReason.CLIENT_CLOSED, CloseCodes.NORMAL, null);
      } else if (!writer.hasWork()) {
        finish(CloseReason.SERVER_CLOSED, null);
      }
    }
  }
}
