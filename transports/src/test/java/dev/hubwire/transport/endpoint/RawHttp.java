package dev.hubwire.transport.endpoint;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Sends one request over a socket of its own, as text, and reads the answer to its end. */
final class RawHttp {
  /** A WebSocket handshake as clients send it. */
  static final String UPGRADE =
      String.join(
          "\r\n",
          "Upgrade: websocket",
          "Sec-WebSocket-Version: 13",
          "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
          "");

  static final String EVENTS = "Accept: text/event-stream\r\n";

  private static final int PATIENCE_MILLIS = 10_000;

  private final int port;

  RawHttp(int port) {
    this.port = port;
  }

  /**
   * @param head more header lines, each with its end of line
   */
  Answered send(String verb, String target, String head) {
    String request =
        verb
            + " "
            + target
            + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 0\r\n"
            + head
            + "\r\n";
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.getOutputStream().write(request.getBytes(ISO_8859_1));
      return Answered.parse(new String(socket.getInputStream().readAllBytes(), UTF_8));
    } catch (IOException e) {
      throw new AssertionError(verb + " " + target, e);
    }
  }

  /**
   * An answer.
   *
   * @param status the status line without the HTTP version
   * @param headers by name, in any letter case
   */
  record Answered(String status, Map<String, String> headers, String body) {
    private static Answered parse(String text) {
      String[] parts = text.split("\r\n\r\n", 2);
      String[] lines = parts[0].split("\r\n", -1);
      Map<String, String> headers = new TreeMap<>();
      for (int i = 1; i < lines.length; i++) {
        String[] header = lines[i].split(": ", 2);
        headers.put(header[0].toLowerCase(Locale.ROOT), header[1]);
      }
      return new Answered(lines[0].substring("HTTP/1.1 ".length()), headers, parts[1]);
    }

    @Nullable String header(String name) {
      return headers.get(name.toLowerCase(Locale.ROOT));
    }

    /** Status, content type and body in one line, as the tests compare them. */
    String summary() {
      return status + " | " + header("Content-Type") + " | " + body;
    }
  }
}
