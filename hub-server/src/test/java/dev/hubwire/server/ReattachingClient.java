package dev.hubwire.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.hubwire.negotiation.TransferFormat;
import dev.hubwire.protocol.HubMessage;
import dev.hubwire.protocol.HubProtocol;
import dev.hubwire.testing.CountingClient;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A client on bare sockets that counts messages and comes back when its socket is cut. */
final class ReattachingClient implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 10_000;
  private static final String UPGRADE =
      String.join(
          "\r\n",
          "GET %s?id=%s HTTP/1.1",
          "Host: localhost",
          "Connection: Upgrade",
          "Upgrade: websocket",
          "Sec-WebSocket-Version: 13",
          "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
          "\r\n");

  private static final Pattern TOKEN = Pattern.compile("\"connectionToken\":\"([^\"]+)\"");

  private final int port;
  private final String path;
  private final String token;
  private final HubProtocol protocol;
  private final CountingClient model;
  private Line line;

  /** One socket. */
  private record Line(Socket socket, DataInputStream in, String head) {}

  /** A frame from the server. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Frame(int opcode, byte[] payload) {}

  /** Negotiates, connects, and shakes hands. */
  ReattachingClient(int port, String path, HubProtocol protocol, int version) {
    this.port = port;
    this.path = path;
    this.protocol = protocol;
    this.model = new CountingClient(protocol);
    this.token = negotiate(port, path);
    this.line = connect();
    model.shakeHands(version);
    flush();
    readFrame();
  }

  CountingClient model() {
    return model;
  }

  /** Sends a message that is numbered. */
  void send(HubMessage message) {
    model.send(message);
    flush();
  }

  /** Sends a message that is not. */
  void tell(HubMessage message) {
    model.tell(message);
    flush();
  }

  /** Reads frames until something is so. */
  void readUntil(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      readFrame();
    }
  }

  /** Reads one frame that is no Close frame. */
  void readFrame() {
    Frame frame = nextFrame(line);
    if (frame.opcode() == 8) {
      throw new IllegalStateException("closed with " + closeCode(frame));
    }
    model.down(frame.payload());
  }

  /** Reads up to the Close frame. */
  int readCloseCode() {
    return readCloseCode(line);
  }

  /** Loses the socket as when a network goes, after a part of a message. */
  void cutWithin(HubMessage message, int bytes) {
    model.send(message);
    byte[] frame = frame(model.up(Integer.MAX_VALUE));
    write(Arrays.copyOf(frame, Math.min(bytes, frame.length - 1)));
    cut();
  }

  /** Loses the socket as when a network goes. */
  void cut() {
    try {
      line.socket().setSoLinger(true, 0);
      line.socket().close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Comes back with another socket. */
  void reattach() {
    line = connect();
    if (!line.head().startsWith("HTTP/1.1 101 ")) {
      throw new IllegalStateException(line.head());
    }
    model.reattach();
    flush();
  }

  /** Comes back while the old socket looks alive, and says with which code that one ends. */
  int takeOver() {
    Line old = line;
    reattach();
    int code = readCloseCode(old);
    close(old);
    return code;
  }

  /** The first line of the answer to another attempt. */
  String refusal() {
    Line refused = connect();
    close(refused);
    return refused.head().lines().findFirst().orElse("");
  }

  /** Leaves in an orderly way. */
  @Override
  public void close() {
    try {
      write(new byte[] {(byte) 0x88, (byte) 0x80, 0, 0, 0, 0});
      readCloseCode(line);
    } catch (UncheckedIOException gone) {
      // The server was faster.
    }
    close(line);
  }

  private static void close(Line line) {
    try {
      line.socket().close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void flush() {
    byte[] bytes = model.up(Integer.MAX_VALUE);
    if (bytes.length > 0) {
      write(frame(bytes));
    }
  }

  private void write(byte[] bytes) {
    try {
      line.socket().getOutputStream().write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One frame; its mask is zero, so the payload stays as it is. */
  private byte[] frame(byte[] payload) {
    ByteBuffer frame = ByteBuffer.allocate(8 + payload.length);
    frame.put((byte) (protocol.transferFormat() == TransferFormat.TEXT ? 0x81 : 0x82));
    if (payload.length < 126) {
      frame.put((byte) (0x80 | payload.length));
    } else {
      frame.put((byte) 0xfe).putShort((short) payload.length);
    }
    frame.putInt(0).put(payload);
    return Arrays.copyOf(frame.array(), frame.position());
  }

  private int readCloseCode(Line from) {
    Frame frame = nextFrame(from);
    while (frame.opcode() != 8) {
      frame = nextFrame(from);
    }
    return closeCode(frame);
  }

  private static int closeCode(Frame frame) {
    return ByteBuffer.wrap(frame.payload()).getShort() & 0xffff;
  }

  private static Frame nextFrame(Line from) {
    try {
      int opcode = from.in().readUnsignedByte() & 0x0f;
      int length = from.in().readUnsignedByte();
      if (length == 126) {
        length = from.in().readUnsignedShort();
      }
      byte[] payload = new byte[length];
      from.in().readFully(payload);
      return new Frame(opcode, payload);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Line connect() {
    try {
      Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket.setTcpNoDelay(true);
      DataInputStream in = new DataInputStream(socket.getInputStream());
      socket.getOutputStream().write(UPGRADE.formatted(path, token).getBytes(ISO_8859_1));
      ByteArrayOutputStream head = new ByteArrayOutputStream();
      while (!head.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
        head.write(in.readUnsignedByte());
      }
      return new Line(socket, in, head.toString(ISO_8859_1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String negotiate(int port, String path) {
    URI uri =
        URI.create(
            "http://127.0.0.1:%d%s/negotiate?negotiateVersion=1&useStatefulReconnect=true"
                .formatted(port, path));
    HttpRequest request =
        HttpRequest.newBuilder(uri).POST(HttpRequest.BodyPublishers.noBody()).build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      Matcher token =
          TOKEN.matcher(http.send(request, HttpResponse.BodyHandlers.ofString()).body());
      if (!token.find()) {
        throw new IllegalStateException("no token");
      }
      return token.group(1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
