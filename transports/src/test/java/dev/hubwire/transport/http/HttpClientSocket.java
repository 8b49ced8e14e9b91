package dev.hubwire.transport.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;

/** An HTTP client that shows what is on the wire. Blocking, ten seconds at most. */
public final class HttpClientSocket implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 10_000;

  private final Socket socket = new Socket();
  private final DataInputStream in;

  public HttpClientSocket(int port) {
    try {
      socket.setReceiveBufferSize(4_096);
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MILLIS);
      socket.setSoTimeout(TIMEOUT_MILLIS);
      in = new DataInputStream(socket.getInputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public HttpClientSocket send(String method, String target, String header, String body) {
    return send(
        "%s %s HTTP/1.1\r\nHost: localhost\r\n%sContent-Length: %d\r\n\r\n%s"
            .formatted(method, target, header, body.length(), body));
  }

  /** Sends a text as it is. */
  public HttpClientSocket send(String text) {
    return send(text.getBytes(UTF_8));
  }

  public HttpClientSocket send(byte[] bytes) {
    try {
      socket.getOutputStream().write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  public HttpClientSocket get(String target) {
    return send("GET", target, "", "");
  }

  public HttpClientSocket events(String target) {
    return send("GET", target, "Accept: text/event-stream\r\n", "");
  }

  public HttpClientSocket post(String target, String body) {
    return send("POST", target, "", body);
  }

  /** Status and content type, then the body. */
  public String answer() {
    String head = readUntil("\r\n\r\n");
    String type = header(head, "content-type");
    int length = Integer.parseInt(header(head, "content-length").replace("-", "0"));
    return "%s %s|%s".formatted(head.split(" ", 3)[1], type, read(length));
  }

  /** The bytes up to and with a text. */
  public String readUntil(String end) {
    StringBuilder text = new StringBuilder();
    while (text.indexOf(end) < 0) {
      text.append(read(1));
    }
    return text.toString();
  }

  /** The content of the next chunk of a body; empty at its end. */
  public String chunk() {
    int size = Integer.parseInt(readUntil("\r\n").strip(), 16);
    String content = read(size);
    readUntil("\r\n");
    return content;
  }

  /** Whether something has come that was not read. */
  public boolean hasInput() {
    try {
      return in.available() > 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public boolean isAtEnd() {
    try {
      return in.read() < 0;
    } catch (SocketException reset) {
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends the connection with a reset, as a killed process does. */
  public void reset() {
    try {
      socket.setSoLinger(true, 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    close();
  }

  public void shutdownOutput() {
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

  public String read(int length) {
    try {
      byte[] bytes = new byte[length];
      in.readFully(bytes);
      return new String(bytes, ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String header(String head, String name) {
    for (String line : head.split("\r\n", -1)) {
      if (line.regionMatches(true, 0, name + ":", 0, name.length() + 1)) {
        return line.substring(name.length() + 1).strip();
      }
    }
    return "-";
  }
}
