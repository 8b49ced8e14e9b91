package dev.hubwire.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** One request over a socket of its own, written as text; blocking, ten seconds at most. */
final class HttpSocket implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 10_000;

  /** What stands for the body of a response that does not end. */
  static final String STREAM = "stream";

  /**
   * An answer.
   *
   * @param headers by name in lower case
   */
  record Answer(int status, Map<String, String> headers, String body) {}

  private final Socket socket;
  private final DataInputStream in;

  HttpSocket(URI server) throws IOException {
    socket = new Socket(server.getHost(), server.getPort());
    socket.setSoTimeout(TIMEOUT_MILLIS);
    in = new DataInputStream(socket.getInputStream());
  }

  Answer send(String method, String target, List<String> headers, String body) throws IOException {
    StringBuilder request = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
    request.append("Host: localhost\r\n");
    headers.forEach(line -> request.append(line).append("\r\n"));
    if (!body.isEmpty() || !List.of("GET", "DELETE", "HEAD", "OPTIONS").contains(method)) {
      request.append("Content-Length: ").append(body.getBytes(UTF_8).length).append("\r\n");
    }
    request.append("\r\n").append(body);
    socket.getOutputStream().write(request.toString().getBytes(UTF_8));
    return readAnswer(method);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private Answer readAnswer(String method) throws IOException {
    int status = Integer.parseInt(readLine().split(" ", 3)[1]);
    Map<String, String> headers = new TreeMap<>();
    for (String line = readLine(); !line.isEmpty(); line = readLine()) {
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    boolean empty = status == 101 || status == 204 || method.equals("HEAD");
    return new Answer(status, headers, empty ? "" : readBody(headers));
  }

  private String readBody(Map<String, String> headers) throws IOException {
    if (headers.getOrDefault("content-type", "").startsWith("text/event-stream")) {
      return STREAM;
    }
    if (!headers.getOrDefault("transfer-encoding", "").equals("chunked")) {
      byte[] body = new byte[Integer.parseInt(headers.getOrDefault("content-length", "0"))];
      in.readFully(body);
      return new String(body, UTF_8);
    }
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (int size = readSize(); size > 0; size = readSize()) {
      body.write(in.readNBytes(size));
      readLine();
    }
    return body.toString(UTF_8);
  }

  /** The length of a chunk. */
  private int readSize() throws IOException {
    return Integer.parseInt(readLine(), 16);
  }

  private String readLine() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.readUnsignedByte(); b != '\n'; b = in.readUnsignedByte()) {
      line.write(b);
    }
    return line.toString(ISO_8859_1).strip();
  }
}
