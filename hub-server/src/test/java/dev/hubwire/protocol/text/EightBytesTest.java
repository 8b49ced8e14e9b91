package dev.hubwire.protocol.text;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

final class EightBytesTest {
  @Property
  void findsWhatALoopFinds(@ForAll("bytes") byte[] bytes, @ForAll("interesting") byte wanted) {
    int expected = -1;
    for (int i = bytes.length - 1; i >= 0; i--) {
      expected = bytes[i] == wanted ? i : expected;
    }

    assertThat(EightBytes.indexOf(bytes, wanted, 0, bytes.length)).isEqualTo(expected);
    assertThat(EightBytes.indexOf(bytes, wanted, 0, Math.max(expected, 0))).isNegative();
  }

  @Property
  void skipsOnlyWhatIsPlainAndNearlyAllOfIt(@ForAll("bytes") byte[] bytes) {
    int skipped = EightBytes.skipPlain(bytes, 0, bytes.length);
    int plain = 0;
    while (plain < bytes.length && isPlain(bytes[plain])) {
      plain++;
    }

    assertThat(skipped).isBetween(plain - 7, plain);
  }

  private static boolean isPlain(byte b) {
    return b >= ' ' && b != '"' && b != '\\';
  }

  @Provide
  Arbitrary<byte[]> bytes() {
    Arbitrary<Byte> mostlyPlain =
        Arbitraries.frequencyOf(
            Tuple.of(20, Arbitraries.bytes().between((byte) 'a', (byte) 'z')),
            Tuple.of(1, interesting()));
    return mostlyPlain.array(byte[].class).ofMaxSize(60);
  }

  @Provide
  Arbitrary<Byte> interesting() {
    return Arbitraries.oneOf(
        Arbitraries.of(
            (byte) '"',
            (byte) '\\',
            (byte) 0x1E,
            (byte) 0x1F,
            (byte) ' ',
            (byte) 0x7F,
            (byte) 0x80),
        Arbitraries.bytes());
  }
}
