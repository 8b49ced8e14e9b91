package dev.hubwire.server;

import static java.nio.charset.StandardCharsets.UTF_8;

/** A client on a bare socket that speaks MessagePack: single frames of at most 64 KB. */
final class BinaryClient implements AutoCloseable {
  private static final byte[] HANDSHAKE =
      "{\"protocol\":\"messagepack\",\"version\":1}\u001e".getBytes(UTF_8);

  private final RawSocket socket;

  /** Connects and shakes hands. */
  BinaryClient(int port, String path) {
    socket = new RawSocket(port, path);
    socket.send(RawSocket.TEXT, HANDSHAKE);
    String answer = new String(socket.receive(), UTF_8);
    if (!answer.equals("{}\u001e")) {
      throw new IllegalStateException("handshake answered by " + answer);
    }
  }

  /** What a server says that is expected not to let such a client in. */
  static String answerToHandshake(int port, String path) {
    try (RawSocket socket = new RawSocket(port, path)) {
      socket.send(RawSocket.TEXT, HANDSHAKE);
      return new String(socket.receive(), UTF_8);
    }
  }

  /** Sends bytes, which are records or are not. */
  void send(byte[] bytes) {
    socket.send(RawSocket.BINARY, bytes);
  }

  /** The payload of the next frame: one record or several. */
  byte[] receive() {
    return socket.receive();
  }

  /** As {@link RawSocket#leave}. */
  void leave() {
    socket.leave();
  }

  @Override
  public void close() {
    socket.close();
  }
}
