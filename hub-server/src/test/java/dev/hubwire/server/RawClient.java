package dev.hubwire.server;

import static java.nio.charset.StandardCharsets.UTF_8;

/** A client on a bare socket that skips negotiation and speaks JSON. */
public final class RawClient implements AutoCloseable {
  private static final char SEPARATOR = '\u001e';

  private final RawSocket socket;

  /** Connects and shakes hands. */
  public RawClient(int port, String path) {
    socket = new RawSocket(port, path);
    send("{\"protocol\":\"json\",\"version\":1}");
    String answer = receive();
    if (!answer.equals("{}")) {
      throw new IllegalStateException("handshake answered by " + answer);
    }
  }

  /** Sends a record of less than 64 KB. */
  public void send(String record) {
    socket.send(RawSocket.TEXT, (record + SEPARATOR).getBytes(UTF_8));
  }

  /** The next record, without its separator. */
  public String receive() {
    byte[] payload = socket.receive();
    return new String(payload, 0, payload.length - 1, UTF_8);
  }

  /** As {@link RawSocket#leave}. */
  void leave() {
    socket.leave();
  }

  /** As {@link RawSocket#reset}. */
  void reset() {
    socket.reset();
  }

  @Override
  public void close() {
    socket.close();
  }
}
