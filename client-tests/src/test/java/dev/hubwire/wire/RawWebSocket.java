package dev.hubwire.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HexFormat;

/**
 * A WebSocket client that does what it is told: every byte it sends is the test's. It reads whole
 * messages, and nothing it reads is answered.
 */
final class RawWebSocket implements AutoCloseable {
  static final int CONTINUATION = 0x0;
  static final int TEXT = 0x1;
  static final int BINARY = 0x2;
  static final int CLOSE = 0x8;
  static final int PING = 0x9;
  static final int PONG = 0xa;

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int FIN = 0x80;
  private static final byte[] MASK = {0x11, 0x22, 0x44, (byte) 0x88};

  private final Socket socket;
  private final DataInputStream in;
  private final OutputStream out;
  private final String response;

  private RawWebSocket(Socket socket, DataInputStream in, OutputStream out, String response) {
    this.socket = socket;
    this.in = in;
    this.out = out;
    this.response = response;
  }

  /** Connects without negotiation; the path may have a query. */
  static RawWebSocket connect(URI server, String path) throws IOException {
    var socket = new Socket(server.getHost(), server.getPort());
    socket.setSoTimeout((int) PATIENCE.toMillis());
    socket.setTcpNoDelay(true);
    var in = new DataInputStream(socket.getInputStream());
    String request =
        """
        GET %s HTTP/1.1
        Host: %s
        Connection: Upgrade
        Upgrade: websocket
        Sec-WebSocket-Version: 13
        Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==

        """
            .formatted(path, server.getAuthority())
            .replace("\n", "\r\n");
    socket.getOutputStream().write(request.getBytes(ISO_8859_1));
    return new RawWebSocket(socket, in, socket.getOutputStream(), readHead(in));
  }

  /** Status line and headers of the answer to the handshake. */
  String response() {
    return response;
  }

  /** Sends one final frame. */
  void send(int opcode, byte[] payload) throws IOException {
    sendBytes(frame(FIN | opcode, payload));
  }

  /** Sends one message in two frames. */
  void sendFragmented(int opcode, byte[] first, byte[] second) throws IOException {
    sendBytes(frame(opcode, first));
    sendBytes(frame(FIN | CONTINUATION, second));
  }

  void sendText(String text) throws IOException {
    send(TEXT, text.getBytes(UTF_8));
  }

  /** Sends bytes as they are, frame or not. */
  void sendBytes(byte[] bytes) throws IOException {
    out.write(bytes);
  }

  /**
   * The next message.
   *
   * @throws java.io.EOFException at the end of the connection
   */
  Message read() throws IOException {
    var payload = new ByteArrayOutputStream();
    int opcode = CONTINUATION;
    while (true) {
      int head = in.readUnsignedByte();
      opcode = (head & 0x0f) == CONTINUATION ? opcode : head & 0x0f;
      payload.write(in.readNBytes(readLength()));
      if ((head & FIN) != 0) {
        return Message.of(opcode, payload.toByteArray());
      }
    }
  }

  /**
   * Sends these last bytes; whether nothing but the end follows. A server that has seen enough may
   * end with a reset.
   */
  boolean endsAfter(byte[] last) throws IOException {
    try {
      sendBytes(last);
      return in.read() == -1;
    } catch (SocketException reset) {
      return true;
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private int readLength() throws IOException {
    int length = in.readUnsignedByte();
    return switch (length) {
      case 126 -> in.readUnsignedShort();
      case 127 -> Math.toIntExact(in.readLong());
      default -> length;
    };
  }

  private static byte[] frame(int head, byte[] payload) {
    var frame = new ByteArrayOutputStream();
    frame.write(head);
    if (payload.length < 126) {
      frame.write(0x80 | payload.length);
    } else if (payload.length < 65_536) {
      frame.write(0x80 | 126);
      frame.write(payload.length >> 8);
      frame.write(payload.length);
    } else {
      frame.write(0x80 | 127);
      for (int shift = 56; shift >= 0; shift -= 8) {
        frame.write((int) ((long) payload.length >> shift));
      }
    }
    frame.writeBytes(MASK);
    for (int i = 0; i < payload.length; i++) {
      frame.write(payload[i] ^ MASK[i % 4]);
    }
    return frame.toByteArray();
  }

  private static String readHead(DataInputStream in) throws IOException {
    var head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append((char) in.readUnsignedByte());
    }
    return head.toString();
  }

  /**
   * What the server sent in one message or control frame.
   *
   * @param text the payload as UTF-8; empty for a Close
   * @param hex the payload as hex
   * @param closeCode the status code of a Close, 1005 if it has none (RFC 6455 §7.1.5); else 0
   * @param closeReason the reason of a Close, else empty
   */
  record Message(int opcode, String text, String hex, int closeCode, String closeReason) {
    static final int NO_CODE = 1005;

    static Message of(int opcode, byte[] payload) {
      String hex = HexFormat.of().formatHex(payload);
      if (opcode != CLOSE) {
        return new Message(opcode, new String(payload, UTF_8), hex, 0, "");
      }
      if (payload.length < 2) {
        return new Message(opcode, "", hex, NO_CODE, "");
      }
      int code = ByteBuffer.wrap(payload).getShort() & 0xffff;
      return new Message(opcode, "", hex, code, new String(payload, 2, payload.length - 2, UTF_8));
    }
  }
}
