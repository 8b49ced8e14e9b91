package dev.hubwire.transport.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.NotEmpty;
import net.jqwik.api.constraints.Size;

/** Held against the JDK's decoder, which is strict when asked to report. */
class Utf8ValidatorTest {
  /** Both ends of every range that RFC 3629 §4 tells apart. */
  private static final int[] EDGES = {
    0x00, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf, 0xe0, 0xe1, 0xec, 0xed,
    0xee, 0xef, 0xf0, 0xf1, 0xf3, 0xf4, 0xf5, 0xff
  };

  private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();

  @Example
  void acceptsEveryCharacterThereIs() {
    StringBuilder all = new StringBuilder();
    for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
      if (c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE) {
        all.appendCodePoint(c);
      }
    }
    byte[] bytes = all.toString().getBytes(StandardCharsets.UTF_8);

    assertThat(validate(bytes)).isEqualTo(Utf8Validator.ACCEPT);
  }

  @Example
  void agreesOnEveryPairOfBytes() {
    byte[] bytes = new byte[2];
    for (int pair = 0; pair < 1 << 16; pair++) {
      bytes[0] = (byte) (pair >> 8);
      bytes[1] = (byte) pair;
      agree(bytes);
    }
  }

  @Example
  void agreesOnEverySequenceOfFourEdges() {
    byte[] bytes = new byte[4];
    int count = EDGES.length * EDGES.length * EDGES.length * EDGES.length;
    for (int sequence = 0; sequence < count; sequence++) {
      int rest = sequence;
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = (byte) EDGES[rest % EDGES.length];
        rest /= EDGES.length;
      }
      agree(bytes);
    }
  }

  @Example
  void missesNoCharacterThatIsCutInTwoByAscii() {
    for (int before = 0; before <= 16; before++) {
      for (int between = 1; between <= 24; between++) {
        byte[] bytes =
            ("a".repeat(before) + "é" + "b".repeat(between)).getBytes(StandardCharsets.UTF_8);
        byte second = bytes[before + 1];
        System.arraycopy(bytes, before + 2, bytes, before + 1, between);
        bytes[bytes.length - 1] = second;

        assertThat(validate(bytes))
            .as("%d and %d", before, between)
            .isEqualTo(Utf8Validator.REJECT);
      }
    }
  }

  @Property
  void agreesOnAnyBytes(@ForAll("nearlyText") byte[] bytes) {
    agree(bytes);
  }

  @Property
  void goesOnWhereAPieceEnded(
      @ForAll("nearlyText") byte[] bytes,
      @ForAll @NotEmpty List<@IntRange(min = 1, max = 20) Integer> sizes) {
    int state = Utf8Validator.ACCEPT;
    int from = 0;
    for (int i = 0; from < bytes.length; i++) {
      int to = Math.min(bytes.length, from + sizes.get(i % sizes.size()));
      state = Utf8Validator.advance(state, bytes, from, to);
      from = to;
    }

    assertThat(state).isEqualTo(validate(bytes));
  }

  private static final List<byte[]> CONTINUATIONS =
      Stream.of("", "80", "bf", "8080", "bfbf", "808080", "bfbfbf")
          .map(HexFormat.of()::parseHex)
          .toList();

  @Property
  void findsTheFaultAsEarlyAsTheDecoder(@ForAll("nearlyText") byte[] bytes) {
    int valid = Utf8Validator.validPrefix(Utf8Validator.ACCEPT, bytes, 0, bytes.length);

    assertThat(decodes(bytes, valid, false)).isTrue();
    if (valid < bytes.length) {
      // The decoder may wait for the rest of a character that cannot be one any more (ED A0).
      for (byte[] rest : CONTINUATIONS) {
        byte[] whole = join(List.of(Arrays.copyOf(bytes, valid + 1), rest));
        assertThat(decodes(whole, whole.length, true)).isFalse();
      }
    } else {
      assertThat(validate(bytes)).isNotEqualTo(Utf8Validator.REJECT);
    }
  }

  @Property
  void staysAtItsFault(@ForAll @Size(max = 30) byte[] bytes) {
    assertThat(Utf8Validator.advance(Utf8Validator.REJECT, bytes, 0, bytes.length))
        .isEqualTo(Utf8Validator.REJECT);
  }

  /** Text with, now and then, a byte that may be out of place. */
  @Provide
  Arbitrary<byte[]> nearlyText() {
    Arbitrary<byte[]> text =
        Arbitraries.of("plain ascii", "é", "κόσμε", "漢字", "\uD83D\uDE00", "\u0000", "\uFFFD")
            .map(part -> part.getBytes(StandardCharsets.UTF_8));
    Arbitrary<byte[]> edge =
        Arbitraries.integers().between(0, EDGES.length - 1).map(i -> new byte[] {(byte) EDGES[i]});
    return Arbitraries.frequencyOf(Tuple.of(12, text), Tuple.of(1, edge))
        .list()
        .ofMaxSize(20)
        .map(Utf8ValidatorTest::join);
  }

  private void agree(byte[] bytes) {
    boolean ours = validate(bytes) == Utf8Validator.ACCEPT;
    if (ours != decodes(bytes, bytes.length, true)) {
      assertThat(ours).as("%s is text", RecordingSink.show(bytes)).isEqualTo(!ours);
    }
  }

  private static int validate(byte[] bytes) {
    return Utf8Validator.advance(Utf8Validator.ACCEPT, bytes, 0, bytes.length);
  }

  private boolean decodes(byte[] bytes, int length, boolean all) {
    CharBuffer out = CharBuffer.allocate(length);
    return !decoder.reset().decode(ByteBuffer.wrap(bytes, 0, length), out, all).isError();
  }

  private static byte[] join(List<byte[]> parts) {
    ByteBuffer joined = ByteBuffer.allocate(parts.stream().mapToInt(part -> part.length).sum());
    parts.forEach(joined::put);
    return joined.array();
  }
}
