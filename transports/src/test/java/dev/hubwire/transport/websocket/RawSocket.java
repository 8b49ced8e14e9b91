package dev.hubwire.transport.websocket;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;

/**
 * A client that knows just enough to be right or wrong on purpose. Blocking, ten seconds at most.
 */
final class RawSocket implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 10_000;

  /** A frame from the server: always final, never masked. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Frame(int opcode, byte[] payload) {
    String text() {
      return new String(payload, UTF_8);
    }

    int closeCode() {
      return ByteBuffer.wrap(payload).getShort() & 0xffff;
    }
  }

  private final Socket socket;
  private final DataInputStream in;

  /** Connects, with a small receive buffer so that a client that does not read is soon full. */
  RawSocket(int port, int receiveBuffer) {
    try {
      socket = new Socket();
      if (receiveBuffer > 0) {
        socket.setReceiveBufferSize(receiveBuffer);
      }
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MILLIS);
      socket.setSoTimeout(TIMEOUT_MILLIS);
      in = new DataInputStream(socket.getInputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A connection whose handshake is done. */
  static RawSocket upgraded(SocketServer server) {
    RawSocket client = new RawSocket(server.port(), 0);
    client.write(handshake(""));
    assertThat(client.readHead()).startsWith("HTTP/1.1 101 ");
    return client;
  }

  static byte[] handshake(String moreHeaders) {
    return ("GET "
            + SocketServer.PATH
            + " HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
            + moreHeaders
            + "\r\n")
        .getBytes(ISO_8859_1);
  }

  void write(byte[] bytes) {
    try {
      socket.getOutputStream().write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void write(ClientFrame frame) {
    write(frame.bytes());
  }

  /** The head of a response. */
  String readHead() {
    StringBuilder head = new StringBuilder();
    try {
      while (head.indexOf("\r\n\r\n") < 0) {
        head.append((char) in.readUnsignedByte());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(head.toString(), e);
    }
    return head.toString();
  }

  Frame read() {
    try {
      int first = in.readUnsignedByte();
      assertThat(first & 0xf0).as("final, no reserved bit").isEqualTo(0x80);
      int length = in.readUnsignedByte();
      assertThat(length & 0x80).as("not masked").isZero();
      if (length == 126) {
        length = in.readUnsignedShort();
      } else if (length == 127) {
        length = Math.toIntExact(in.readLong());
      }
      byte[] payload = new byte[length];
      in.readFully(payload);
      return new Frame(first & 0x0f, payload);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether the server has ended the connection, by a normal end or a reset. */
  boolean isAtEnd() {
    try {
      return in.read() < 0;
    } catch (SocketException reset) {
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends the connection with a reset, as a killed process does. */
  void reset() {
    try {
      socket.setSoLinger(true, 0);
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void shutdownOutput() {
    try {
      socket.shutdownOutput();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
