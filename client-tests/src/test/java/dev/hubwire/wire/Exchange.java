package dev.hubwire.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A recorded exchange over a WebSocket, byte by byte: what the client sends and what it must
 * receive then, and nothing else.
 *
 * <pre>
 * = its name
 * > a text message                   ␞ is the byte 0x1E, {x*500} is 500 times x
 * >binary a binary message
 * >split a text message | in two frames
 * >hex bytes that are written as they are
 * >bytes a binary message, in hex
 * < a record that comes in a text message
 * <bytes a record that comes in a binary message, in hex
 * <pong its content
 * <close 1000                        a Close with this code and no reason, then the end
 * handshake                          the usual one, and its answer
 * binary handshake                   the one for MessagePack
 * </pre>
 *
 * @param source the file and line it is recorded in
 */
record Exchange(String name, String source, List<String> steps) {
  private static final String HANDSHAKE = "{\"protocol\":\"json\",\"version\":1}␞";
  private static final String BINARY_HANDSHAKE = "{\"protocol\":\"messagepack\",\"version\":1}␞";
  private static final byte[] CLOSE_1000 = HexFormat.of().parseHex("88820000000003e8");
  private static final Pattern REPEATED = Pattern.compile("\\{(.)\\*(\\d+)}");

  /** The exchanges of a file; lines that start with # and empty lines are comments. */
  static List<Exchange> read(String file, List<String> lines) {
    List<Exchange> exchanges = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (line.startsWith("= ")) {
        exchanges.add(new Exchange(line.substring(2), file + ":" + (i + 1), new ArrayList<>()));
      } else if (!line.isBlank() && !line.startsWith("#")) {
        exchanges.getLast().steps.add(line);
      }
    }
    return exchanges;
  }

  void play(URI server) throws IOException {
    try (RawWebSocket socket = RawWebSocket.connect(server, "/conformance")) {
      assertThat(socket.response()).startsWith("HTTP/1.1 101 ");
      var received = new Records(socket);
      for (String step : steps) {
        try {
          play(step, socket, received);
        } catch (IOException e) {
          throw new IOException(source + ": " + step, e);
        }
      }
    }
  }

  private void play(String step, RawWebSocket socket, Records received) throws IOException {
    String[] parts = step.split(" ", 2);
    String value = parts.length == 1 ? "" : parts[1];
    switch (parts[0]) {
      case "handshake" -> {
        play("> " + HANDSHAKE, socket, received);
        play("< {}␞", socket, received);
      }
      case "binary" -> {
        play("> " + BINARY_HANDSHAKE, socket, received);
        play("<bytes 7b7d1e", socket, received);
      }
      case ">bytes" -> socket.send(RawWebSocket.BINARY, HexFormat.of().parseHex(value));
      case "<bytes" -> assertThat(received.nextHex(value.length())).as(source).isEqualTo(value);
      case ">" -> socket.send(RawWebSocket.TEXT, bytes(value));
      case ">binary" -> socket.send(RawWebSocket.BINARY, bytes(value));
      case ">split" -> {
        String[] halves = value.split(" \\| ", 2);
        socket.sendFragmented(RawWebSocket.TEXT, bytes(halves[0]), bytes(halves[1]));
      }
      case ">hex" -> socket.sendBytes(HexFormat.of().parseHex(value.replace(" ", "")));
      case "<" -> assertThat(received.next()).as(source).isEqualTo(new String(bytes(value), UTF_8));
      case "<pong" -> {
        RawWebSocket.Message pong = socket.read();
        assertThat(pong.text()).as(source).isEqualTo(value);
        assertThat(pong.opcode()).as(source).isEqualTo(RawWebSocket.PONG);
      }
      case "<close" -> {
        assertThat(received.rest()).as(source).isEmpty();
        expectClose(socket, Integer.parseInt(value));
      }
      default -> throw new IllegalArgumentException(source + ": " + step);
    }
  }

  private void expectClose(RawWebSocket socket, int code) throws IOException {
    RawWebSocket.Message message = socket.read();
    assertThat(message.opcode()).as("%s: %s", source, message.text()).isEqualTo(RawWebSocket.CLOSE);
    assertThat(message.closeCode()).as(source).isEqualTo(code);
    assertThat(message.closeReason()).as(source).isEmpty();
    assertThat(socket.endsAfter(CLOSE_1000)).as("%s: end", source).isTrue();
  }

  private static byte[] bytes(String text) {
    String whole =
        REPEATED
            .matcher(text)
            .replaceAll(found -> found.group(1).repeat(Integer.parseInt(found.group(2))));
    return whole.replace('␞', '\u001e').getBytes(UTF_8);
  }

  /** The server's records one by one, whichever messages they come in. */
  private static final class Records {
    private final RawWebSocket socket;
    private final Deque<String> rest = new ArrayDeque<>();

    /** What came in binary messages and was not asked for yet. */
    private String binary = "";

    Records(RawWebSocket socket) {
      this.socket = socket;
    }

    String next() throws IOException {
      if (rest.isEmpty()) {
        RawWebSocket.Message message = socket.read();
        assertThat(message.opcode()).as(message.toString()).isEqualTo(RawWebSocket.TEXT);
        // Clients do not put a record together that comes in two messages.
        assertThat(message.text()).endsWith("\u001e");
        rest.addAll(List.of(message.text().splitWithDelimiters("\u001e", 0)));
      }
      return rest.removeFirst() + rest.removeFirst();
    }

    /** The next so many digits of what comes in binary messages. */
    String nextHex(int digits) throws IOException {
      while (binary.length() < digits) {
        RawWebSocket.Message message = socket.read();
        assertThat(message.opcode()).as(message.toString()).isEqualTo(RawWebSocket.BINARY);
        binary += message.hex();
      }
      String next = binary.substring(0, digits);
      binary = binary.substring(digits);
      return next;
    }

    /** What came and was not expected. */
    String rest() {
      return String.join("", rest) + binary;
    }
  }
}
