package dev.hubwire.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;

/** A client on a bare socket that skips negotiation: cheap enough to make thousands. */
final class RawClient implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 10_000;
  private static final char SEPARATOR = '\u001e';

  private final Socket socket;
  private final DataInputStream in;

  /** Connects and shakes hands. */
  RawClient(int port, String path) {
    try {
      socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.setSoTimeout(TIMEOUT_MILLIS);
      in = new DataInputStream(socket.getInputStream());
      socket.getOutputStream().write(upgrade(path));
      StringBuilder head = new StringBuilder();
      while (head.indexOf("\r\n\r\n") < 0) {
        head.append((char) in.readUnsignedByte());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    send("{\"protocol\":\"json\",\"version\":1}");
    String answer = receive();
    if (!answer.equals("{}")) {
      throw new IllegalStateException("handshake answered by " + answer);
    }
  }

  private static byte[] upgrade(String path) {
    return ("GET "
            + path
            + " HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
        .getBytes(ISO_8859_1);
  }

  /** Sends a record of at most 125 bytes. */
  void send(String record) {
    byte[] text = (record + SEPARATOR).getBytes(UTF_8);
    byte[] frame = new byte[6 + text.length];
    frame[0] = (byte) 0x81;
    frame[1] = (byte) (0x80 | text.length); // the mask is zero, so the payload stays as it is
    System.arraycopy(text, 0, frame, 6, text.length);
    try {
      socket.getOutputStream().write(frame);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The next record, without its separator. */
  String receive() {
    try {
      in.readUnsignedByte();
      int length = in.readUnsignedByte();
      byte[] payload = new byte[length == 126 ? in.readUnsignedShort() : length];
      in.readFully(payload);
      return new String(payload, 0, payload.length - 1, UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Says goodbye with a Close frame and waits for the answer. */
  void leave() {
    try {
      socket.getOutputStream().write(new byte[] {(byte) 0x88, (byte) 0x80, 0, 0, 0, 0});
      while (in.read() >= 0) {
        // whatever is still under way, then the server's Close frame
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    close();
  }

  /** Vanishes as a killed process does. */
  void reset() {
    try {
      socket.setSoLinger(true, 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    close();
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
