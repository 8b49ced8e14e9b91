package dev.hubwire.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;

/** A WebSocket on a bare socket: cheap enough to make thousands. */
final class RawSocket implements AutoCloseable {
  static final int TEXT = 1;
  static final int BINARY = 2;

  private static final int TIMEOUT_MILLIS = 10_000;

  /** The length in a header that says that the real one follows in two bytes. */
  private static final int LENGTH_IN_TWO_BYTES = 126;

  private final Socket socket;
  private final DataInputStream in;

  /** Connects, without negotiation. */
  RawSocket(int port, String path) {
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
  }

  private static byte[] upgrade(String path) {
    return ("GET "
            + path
            + " HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
        .getBytes(ISO_8859_1);
  }

  /** Sends one frame of less than 64 KB. */
  void send(int opcode, byte[] payload) {
    int headerLength = payload.length < LENGTH_IN_TWO_BYTES ? 6 : 8;
    byte[] frame = new byte[headerLength + payload.length];
    frame[0] = (byte) (0x80 | opcode);
    if (headerLength == 6) {
      frame[1] = (byte) (0x80 | payload.length);
    } else {
      frame[1] = (byte) (0x80 | LENGTH_IN_TWO_BYTES);
      frame[2] = (byte) (payload.length >> Byte.SIZE);
      frame[3] = (byte) payload.length;
    }
    // The mask is zero, so the payload stays as it is.
    System.arraycopy(payload, 0, frame, headerLength, payload.length);
    try {
      socket.getOutputStream().write(frame);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The payload of the next frame, of any kind. */
  byte[] receive() {
    try {
      in.readUnsignedByte();
      int length = in.readUnsignedByte();
      byte[] payload = new byte[length == LENGTH_IN_TWO_BYTES ? in.readUnsignedShort() : length];
      in.readFully(payload);
      return payload;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Says goodbye with a Close frame, unless the server has closed the socket, and waits for that.
   */
  void leave() {
    try {
      socket.getOutputStream().write(new byte[] {(byte) 0x88, (byte) 0x80, 0, 0, 0, 0});
      while (in.read() >= 0) {
        // whatever is still under way, then the server's Close frame
      }
    } catch (SocketException e) {
      // The server closed it before it had read everything.
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
