package dev.hubwire.transport.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hubwire.transport.http.HttpClientSocket;
import dev.hubwire.transport.http.HttpTransportServer;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Sends short text frames, and answers a Close frame. */
final class WebSocketClient implements ContractClient {
  private static final int FIN_TEXT = 0x81;
  private static final int FIN_CLOSE = 0x88;
  private static final int MASKED = 0x80;

  private static final String HANDSHAKE =
      String.join(
          "\r\n",
          "GET %s HTTP/1.1",
          "Host: localhost",
          "Connection: Upgrade",
          "Upgrade: websocket",
          "Sec-WebSocket-Version: 13",
          "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
          "",
          "");

  private final HttpClientSocket socket;

  WebSocketClient(HttpTransportServer server) {
    socket = new HttpClientSocket(server.port());
    socket.send(HANDSHAKE.formatted(server.negotiate()));
    socket.readUntil("\r\n\r\n");
  }

  @Override
  public @Nullable String next() {
    String head = socket.read(2);
    int length = head.charAt(1);
    if (length >= 126) {
      String longer = socket.read(length == 126 ? 2 : 8);
      length = 0;
      for (int i = 0; i < longer.length(); i++) {
        length = length << 8 | longer.charAt(i);
      }
    }
    String content = socket.read(length);
    if (head.charAt(0) == FIN_CLOSE) {
      send(FIN_CLOSE, new byte[0]);
      return null;
    }
    return content;
  }

  @Override
  public void listen() {}

  @Override
  public boolean hasInput() {
    return socket.hasInput();
  }

  @Override
  public void send(String text) {
    send(FIN_TEXT, text.getBytes(UTF_8));
  }

  @Override
  public void leave() {
    socket.reset();
  }

  @Override
  public void close() {
    socket.close();
  }

  /** The mask is all zero, which leaves the payload as it is. */
  private void send(int firstByte, byte[] payload) {
    ByteBuffer frame = ByteBuffer.allocate(6 + payload.length);
    frame.put((byte) firstByte).put((byte) (MASKED | payload.length)).putInt(0).put(payload);
    socket.send(frame.array());
  }
}
