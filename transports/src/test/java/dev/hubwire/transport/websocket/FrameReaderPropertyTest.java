package dev.hubwire.transport.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Whatever the frames and however the stream is cut, the same comes out. */
class FrameReaderPropertyTest {
  @Property(tries = 500)
  void readsFramesTheSameHoweverTheStreamIsCut(
      @ForAll("conversation") List<ClientFrame> frames,
      @ForAll("sizes") int[] sizes,
      @ForAll @IntRange(min = 125, max = 700) int scratch,
      @ForAll @IntRange(max = 3) int pauseInterval) {
    byte[] stream = ClientFrame.join(frames);
    List<String> expected = expected(frames);
    FrameReading pieces = new FrameReading(FrameReading.MAX_FRAME, scratch);
    pieces.sink.pauseAtEvery(pauseInterval);

    pieces.readPieces(stream, sizes);

    assertThat(FrameReading.of(stream)).isEqualTo(expected);
    assertThat(pieces.events()).isEqualTo(expected);
  }

  @Property(tries = 500)
  void judgesASpoiltStreamTheSameHoweverItIsCut(
      @ForAll("conversation") List<ClientFrame> frames,
      @ForAll @Size(min = 1, max = 4) int[] positions,
      @ForAll byte spoiler,
      @ForAll("sizes") int[] sizes) {
    byte[] stream = ClientFrame.join(frames);
    for (int position : positions) {
      if (stream.length > 0) {
        stream[Math.floorMod(position, Math.min(stream.length, 2_000))] ^= spoiler;
      }
    }

    assertThat(FrameReading.ofPieces(stream, sizes)).isEqualTo(FrameReading.of(stream));
  }

  @Property
  void throwsNothingButItsOwnExceptionAtAnyBytes(
      @ForAll("headersAndNoise") byte[] stream, @ForAll("sizes") int[] sizes) {
    // Anything else that is thrown would end the test.
    assertThat(FrameReading.ofPieces(stream, sizes)).isEqualTo(FrameReading.of(stream));
  }

  @Provide
  Arbitrary<int[]> sizes() {
    return Arbitraries.frequencyOf(
            Tuple.of(4, Arbitraries.integers().between(1, 16)),
            Tuple.of(1, Arbitraries.integers().between(17, 70_000)))
        .array(int[].class)
        .ofMinSize(1)
        .ofMaxSize(8);
  }

  @Provide
  Arbitrary<byte[]> headersAndNoise() {
    Arbitrary<Byte> likely =
        Arbitraries.of(0x81, 0x01, 0x00, 0x80, 0x82, 0x02, 0x88, 0x89, 0x8a, 0xfe, 0xff, 0x84)
            .map(Integer::byteValue);
    return Arbitraries.frequencyOf(
            Tuple.of(3, likely),
            Tuple.of(2, Arbitraries.of((byte) 0)),
            Tuple.of(1, Arbitraries.bytes()))
        .array(byte[].class)
        .ofMaxSize(200);
  }

  /** Messages, with control frames before any of their frames, and perhaps a Close at the end. */
  @Provide
  Arbitrary<List<ClientFrame>> conversation() {
    Arbitrary<List<ClientFrame>> messages =
        Arbitraries.frequencyOf(Tuple.of(1, text()), Tuple.of(1, binary()))
            .list()
            .ofMaxSize(5)
            .map(FrameReaderPropertyTest::flatten);
    Arbitrary<List<ClientFrame>> close =
        Arbitraries.of("", "so long", "漢字")
            .map(reason -> ClientFrame.close(1000, reason))
            .list()
            .ofMaxSize(1);
    return Combinators.combine(messages, close)
        .as((frames, last) -> flatten(List.of(frames, last)));
  }

  private static Arbitrary<List<ClientFrame>> text() {
    return Arbitraries.of("plain ascii ", "é", "κόσμε", "漢字", "\uD83D\uDE00", "\uFFFF", "\u0000")
        .list()
        .ofMaxSize(60)
        .map(parts -> String.join("", parts).getBytes(StandardCharsets.UTF_8))
        .flatMap(payload -> message(Opcodes.TEXT, payload));
  }

  private static Arbitrary<List<ClientFrame>> binary() {
    return Combinators.combine(payloadSizes(), Arbitraries.longs())
        .as(FrameReaderPropertyTest::noise)
        .flatMap(payload -> message(Opcodes.BINARY, payload));
  }

  private static Arbitrary<Integer> payloadSizes() {
    return Arbitraries.frequencyOf(
        Tuple.of(12, Arbitraries.integers().between(0, 40)),
        Tuple.of(4, Arbitraries.of(124, 125, 126, 127, 128)),
        Tuple.of(1, Arbitraries.of(65_535, 65_536)));
  }

  private static Arbitrary<List<ClientFrame>> message(int opcode, byte[] payload) {
    Arbitrary<List<ClientFrame>> controls = control().list().ofMaxSize(2);
    return Combinators.combine(
            Arbitraries.integers().between(0, payload.length),
            controls,
            Arbitraries.integers(),
            Arbitraries.of(0, 0, 2, 8))
        .as(Fragment::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(5)
        .map(fragments -> frames(opcode, payload, fragments));
  }

  private static Arbitrary<ClientFrame> control() {
    Arbitrary<Integer> sizes =
        Arbitraries.frequencyOf(
            Tuple.of(3, Arbitraries.integers().between(0, 20)), Tuple.of(1, Arbitraries.just(125)));
    return Combinators.combine(
            Arbitraries.of(Opcodes.PING, Opcodes.PONG), sizes, Arbitraries.longs())
        .as((opcode, size, seed) -> ClientFrame.of(opcode, noise(size, seed)));
  }

  /** The last fragment takes what the others leave, wherever it says it ends. */
  private static List<ClientFrame> frames(int opcode, byte[] payload, List<Fragment> fragments) {
    List<Fragment> inOrder =
        fragments.stream().sorted(Comparator.comparingInt(Fragment::end)).toList();
    List<ClientFrame> frames = new ArrayList<>();
    int from = 0;
    for (int i = 0; i < inOrder.size(); i++) {
      Fragment fragment = inOrder.get(i);
      boolean last = i == inOrder.size() - 1;
      int to = last ? payload.length : fragment.end();
      ClientFrame frame =
          ClientFrame.of(
              i == 0 ? opcode : Opcodes.CONTINUATION, Arrays.copyOfRange(payload, from, to));
      frame =
          frame
              .withMask(fragment.mask())
              .withLengthIn(Math.max(frame.lengthBytes(), fragment.lengthBytes()));
      frames.addAll(fragment.before());
      frames.add(last ? frame : frame.notFinal());
      from = to;
    }
    return frames;
  }

  private static List<String> expected(List<ClientFrame> frames) {
    RecordingSink sink = new RecordingSink();
    for (ClientFrame frame : frames) {
      ByteBuffer payload = ByteBuffer.wrap(frame.payload());
      switch (frame.opcode()) {
        case Opcodes.PING -> sink.onPing(payload);
        case Opcodes.PONG -> sink.onPong(payload);
        case Opcodes.CLOSE -> {
          int code = payload.getShort();
          sink.onClose(code, StandardCharsets.UTF_8.decode(payload).toString());
        }
        default -> {
          if (payload.hasRemaining()) {
            sink.onData(payload);
          }
        }
      }
    }
    return sink.events();
  }

  private static List<ClientFrame> flatten(List<List<ClientFrame>> messages) {
    return messages.stream().flatMap(List::stream).toList();
  }

  private static byte[] noise(int size, long seed) {
    byte[] bytes = new byte[size];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  private record Fragment(int end, List<ClientFrame> before, int mask, int lengthBytes) {}
}
