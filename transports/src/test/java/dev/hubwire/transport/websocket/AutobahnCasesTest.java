package dev.hubwire.transport.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the Autobahn test suite asks of a server, as far as reading goes; numbers are its own. Every
 * case is read in one go, frame by frame, and byte by byte, which is how its variants differ.
 */
class AutobahnCasesTest {
  private static final String PROTOCOL_ERROR = "violation 1002";
  private static final String NOT_UTF8 = "violation 1007";

  @ParameterizedTest(name = "{0}")
  @MethodSource({"data", "pings", "reservedBits", "opcodes", "fragmentation", "closing"})
  void reads(List<ClientFrame> frames, List<String> expected) {
    byte[] stream = ClientFrame.join(frames);
    int[] lengths = frames.stream().mapToInt(frame -> frame.bytes().length).toArray();

    assertThat(codesOnly(FrameReading.of(stream))).as("at once").isEqualTo(expected);
    assertThat(codesOnly(FrameReading.ofPieces(stream, lengths)))
        .as("frame by frame")
        .isEqualTo(expected);
    assertThat(codesOnly(FrameReading.ofPieces(stream, 1))).as("byte by byte").isEqualTo(expected);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("texts")
  void validates(byte[] text, boolean valid) {
    List<String> last = new ArrayList<>();
    for (int size = 1; size <= text.length; size++) {
      List<String> events = FrameReading.of(ClientFrame.join(fragments(text, size)));
      assertThat(codesOnly(events).contains(NOT_UTF8))
          .as("fragments of %d", size)
          .isNotEqualTo(valid);
      last = events;
    }
    if (valid) {
      assertThat(last).containsExactly("data " + RecordingSink.show(text));
    }
  }

  /** 1: echoes of every length. */
  static Stream<Arguments> data() {
    return Stream.of(0, 125, 126, 127, 128, 65_535, 65_536)
        .flatMap(
            length ->
                Stream.of(
                    read("1.1 text of " + length, ClientFrame.text("*".repeat(length)))
                        .gives(length == 0 ? List.of() : List.of("data " + "*".repeat(length))),
                    read("1.2 binary of " + length, ClientFrame.of(Opcodes.BINARY, filled(length)))
                        .gives(length == 0 ? List.of() : List.of("data " + "fe".repeat(length)))));
  }

  /** 2: pings and pongs. */
  static Stream<Arguments> pings() {
    return Stream.of(
        read("2.1 an empty ping", ClientFrame.ping("")).gives("ping"),
        read("2.2 a ping of text", ClientFrame.ping("Hello, world!")).gives("ping Hello, world!"),
        read("2.3 a ping of no text", ClientFrame.of(Opcodes.PING, hex("00fffefdfcfb00ff")))
            .gives("ping 00fffefdfcfb00ff"),
        read("2.4, 2.6 the longest ping", ClientFrame.of(Opcodes.PING, filled(125)))
            .gives("ping " + "fe".repeat(125)),
        read("2.5 a longer ping", ClientFrame.of(Opcodes.PING, filled(126))).gives(PROTOCOL_ERROR),
        read("2.7 an empty pong unasked", ClientFrame.pong("")).gives("pong"),
        read("2.8 a pong unasked", ClientFrame.pong("unasked")).gives("pong unasked"),
        read("2.9 that and a ping", ClientFrame.pong("unasked"), ClientFrame.ping("asked"))
            .gives("pong unasked", "ping asked"),
        read("2.10, 2.11 ten pings", numberedPings().toArray(ClientFrame[]::new))
            .gives(
                numberedPings()
                    .map(frame -> "ping " + RecordingSink.show(frame.payload()))
                    .toList()));
  }

  /** 3: reserved bits. */
  static Stream<Arguments> reservedBits() {
    ClientFrame hello = ClientFrame.text("hello");
    ClientFrame ping = ClientFrame.ping("");
    return Stream.of(
        read("3.1 text", hello.withReservedBits(1)).gives(PROTOCOL_ERROR),
        read("3.2 text after text", hello, hello.withReservedBits(2), ping)
            .gives("data hello", PROTOCOL_ERROR),
        read("3.3 both bits", hello, hello.withReservedBits(3), ping)
            .gives("data hello", PROTOCOL_ERROR),
        read("3.4 the highest bit", hello, hello.withReservedBits(4), ping)
            .gives("data hello", PROTOCOL_ERROR),
        read("3.5 binary", ClientFrame.of(Opcodes.BINARY, filled(8)).withReservedBits(5))
            .gives(PROTOCOL_ERROR),
        read("3.6 a ping", ping.withReservedBits(6)).gives(PROTOCOL_ERROR),
        read("3.7 a Close", ClientFrame.close(1000, "").withReservedBits(7)).gives(PROTOCOL_ERROR));
  }

  /** 4: opcodes without a meaning. */
  static Stream<Arguments> opcodes() {
    ClientFrame hello = ClientFrame.text("hello");
    return Stream.of(0x3, 0x4, 0x5, 0x6, 0x7, 0xb, 0xc, 0xd, 0xe, 0xf)
        .flatMap(
            opcode ->
                Stream.of(
                    read("4 opcode " + opcode, ClientFrame.of(opcode, new byte[0]))
                        .gives(PROTOCOL_ERROR),
                    read(
                            "4 opcode " + opcode + " between others",
                            hello,
                            ClientFrame.of(opcode, filled(8)),
                            ClientFrame.ping(""))
                        .gives("data hello", PROTOCOL_ERROR)));
  }

  /** 5: fragments. */
  static Stream<Arguments> fragmentation() {
    ClientFrame first = ClientFrame.text("one,").notFinal();
    ClientFrame more = ClientFrame.continuation("two,").notFinal();
    ClientFrame last = ClientFrame.continuation("three");
    ClientFrame ping = ClientFrame.ping("ping");
    ClientFrame empty = ClientFrame.text("");
    ClientFrame noMore = ClientFrame.continuation("");
    return Stream.of(
        read("5.1 a ping in two", ClientFrame.ping("a").notFinal(), last).gives(PROTOCOL_ERROR),
        read("5.2 a pong in two", ClientFrame.pong("a").notFinal(), last).gives(PROTOCOL_ERROR),
        read("5.3 to 5.5 a text in two", first, last).gives("data one,three"),
        read("5.6 to 5.8 a ping in between", first, ping, last)
            .gives("data one,", "ping ping", "data three"),
        read("5.9 to 5.11 a last fragment of nothing", last, ClientFrame.text("hello"))
            .gives(PROTOCOL_ERROR),
        read("5.12 to 5.14 a fragment of nothing", more, ClientFrame.text("hello"))
            .gives(PROTOCOL_ERROR),
        read("5.15 a last fragment after the last", first, last, last, ClientFrame.text("hello"))
            .gives("data one,three", PROTOCOL_ERROR),
        read("5.16 a fragment before the first", more, first, last).gives(PROTOCOL_ERROR),
        read("5.17 a last fragment before the first", last, first, last).gives(PROTOCOL_ERROR),
        read("5.18 a text within a text", first, ClientFrame.text("hello"))
            .gives("data one,", PROTOCOL_ERROR),
        read("6.1.2 three empty fragments", empty.notFinal(), noMore.notFinal(), noMore).gives(),
        read("6.1.3 one between two empty ones", empty.notFinal(), more, noMore).gives("data two,"),
        read("5.19, 5.20 five fragments and two pings", first, more, ping, more, more, ping, last)
            .gives("data one,two,", "ping ping", "data two,two,", "ping ping", "data three"));
  }

  /** 7: the closing handshake. */
  static Stream<Arguments> closing() {
    ClientFrame close = ClientFrame.close(1000, "");
    ClientFrame hello = ClientFrame.text("hello");
    ClientFrame first = ClientFrame.text("one,").notFinal();
    String reason = "*".repeat(123);
    Stream<Arguments> frames =
        Stream.of(
            read("7.1.1 after a text", hello, close).gives("data hello", "close 1000"),
            read("7.1.2 twice", close, close).gives("close 1000"),
            read("7.1.3 and a ping", close, ClientFrame.ping("")).gives("close 1000"),
            read("7.1.4 and a text", close, hello).gives("close 1000"),
            read("7.1.5 within a message", first, close, ClientFrame.continuation("two"))
                .gives("data one,", "close 1000"),
            read("7.1.6 after much data", ClientFrame.text("*".repeat(1 << 18)), close, hello)
                .gives("data " + "*".repeat(1 << 18), "close 1000"),
            read("7.3.1 without a code", ClientFrame.of(Opcodes.CLOSE, new byte[0]))
                .gives("close 1005"),
            read("7.3.2 half a code", ClientFrame.of(Opcodes.CLOSE, hex("61")))
                .gives(PROTOCOL_ERROR),
            read("7.3.3 a code", close).gives("close 1000"),
            read("7.3.4 a reason", ClientFrame.close(1000, "done")).gives("close 1000 done"),
            read("7.3.5 the longest reason", ClientFrame.close(1000, reason))
                .gives("close 1000 " + reason),
            read("7.3.6 a longer reason", ClientFrame.close(1000, reason + "*"))
                .gives(PROTOCOL_ERROR),
            read("7.5.1 no text", ClientFrame.of(Opcodes.CLOSE, hex("03e8cebae1bdb9eda080")))
                .gives(PROTOCOL_ERROR));
    Stream<Arguments> valid =
        Stream.of(1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 3000, 3999, 4000, 4999)
            .map(code -> read("7.7 " + code, ClientFrame.close(code, "")).gives("close " + code));
    Stream<Arguments> invalid =
        Stream.of(0, 999, 1004, 1005, 1006, 1016, 1100, 2000, 2999, 5000, 65_535)
            .map(
                code ->
                    read("7.9, 7.13 " + code, ClientFrame.close(code, "")).gives(PROTOCOL_ERROR));
    return Stream.of(frames, valid, invalid).flatMap(cases -> cases);
  }

  /** 6: UTF-8. */
  static Stream<Arguments> texts() {
    Stream<Arguments> valid =
        Stream.of(
                "6.2 a word: cebae1bdb9cf83cebcceb5",
                "6.7 the first of each length: 00 c280 e0a080 f0908080",
                "6.9 the last of each length: 7f dfbf efbfbf f48fbfbf",
                "6.11 around the gaps: ed9fbf ee8080 efbfbd f48fbfbf",
                "6.22 no characters, yet code points: efbfbe efbfbf f09fbfbe f3bfbfbf f48fbfbe",
                "6.23 specials: efbfb9 efbfba efbfbb efbfbc efbfbd")
            .map(text -> text(text, true));
    Stream<Arguments> invalid =
        Stream.of(
                "6.3, 6.4 a surrogate in a text: cebae1bdb9cf83cebcceb5 eda080 656469746564",
                "6.4 past the last code point in a text: cebae1bdb9 f4908080 656469746564",
                "6.6 a word cut off: cebae1bdb9cf83cebcce",
                "6.6 another: cebae1bd",
                "6.8 five bytes: f888808080",
                "6.8 six bytes: fc8480808080",
                "6.10 the last of four: f7bfbfbf",
                "6.10 the last of five: fbbfbfbfbf",
                "6.10 the last of six: fdbfbfbfbfbf",
                "6.11 past the last code point: f4908080",
                "6.12 a continuation: 80",
                "6.12 another: bf",
                "6.12 seven: 80bf80bf80bf80",
                "6.13 first bytes of two: c020c120c220df20",
                "6.13 of three: e020ef20",
                "6.13 of four: f020f720",
                "6.13 of five and six: f820fb20fc20fd20",
                "6.14 the last byte missing, of two: df",
                "6.14 of three: e080",
                "6.14 of three, high: efbf",
                "6.14 of four: f0908f",
                "6.14 of four, high: f7bfbf",
                "6.15 all of them: c0e080f08080f8808080",
                "6.16 impossible: fe",
                "6.16 impossible: ff",
                "6.16 impossible: fefeffff",
                "6.17 a slash in two: c0af",
                "6.17 in three: e080af",
                "6.17 in four: f08080af",
                "6.18 the last overlong of two: c1bf",
                "6.18 of three: e09fbf",
                "6.18 of four: f08fbfbf",
                "6.19 zero in two: c080",
                "6.19 in three: e08080",
                "6.19 in four: f0808080",
                "6.20 the first surrogate: eda080",
                "6.20 the last high one: edafbf",
                "6.20 the first low one: edb080",
                "6.20 the last: edbfbf",
                "6.21 a pair: eda080edb080",
                "6.21 the last pair: edafbfedbfbf")
            .map(text -> text(text, false));
    return Stream.concat(valid, invalid);
  }

  private static Case read(String name, ClientFrame... frames) {
    return new Case(name, List.of(frames));
  }

  private record Case(String name, List<ClientFrame> frames) {
    Arguments gives(String... expected) {
      return gives(List.of(expected));
    }

    Arguments gives(List<String> expected) {
      return Arguments.of(Named.of(name, frames), expected);
    }
  }

  private static Arguments text(String named, boolean valid) {
    int colon = named.lastIndexOf(':');
    return Arguments.of(Named.of(named, hex(named.substring(colon + 1))), valid);
  }

  /** A violation without its message, which is ours. */
  private static List<String> codesOnly(List<String> events) {
    return events.stream()
        .map(event -> event.startsWith("violation") ? event.substring(0, 14) : event)
        .toList();
  }

  private static List<ClientFrame> fragments(byte[] text, int size) {
    List<ClientFrame> frames = new ArrayList<>();
    for (int from = 0; from < text.length; from += size) {
      int to = Math.min(text.length, from + size);
      ClientFrame frame =
          ClientFrame.of(
              from == 0 ? Opcodes.TEXT : Opcodes.CONTINUATION, Arrays.copyOfRange(text, from, to));
      frames.add(to == text.length ? frame : frame.notFinal());
    }
    return frames;
  }

  private static Stream<ClientFrame> numberedPings() {
    return Stream.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9").map(ClientFrame::ping);
  }

  private static byte[] filled(int length) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) 0xfe);
    return bytes;
  }

  private static byte[] hex(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }
}
