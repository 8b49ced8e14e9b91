package dev.hubwire.protocol.messagepack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.hubwire.hub.MemberNaming;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code docs/protocol/hub-protocol.md} §5.5, but for what is made of parts. */
final class ScalarValuesTest {
  enum Level {
    LOW,
    HIGH {
      @Override
      public String toString() {
        return "very high";
      }
    },
    @JsonProperty("Top")
    TOP
  }

  private final Values values = new Values();

  @ParameterizedTest
  @CsvSource({
    "127, 7f",
    "128, cc80",
    "255, ccff",
    "256, cd0100",
    "65535, cdffff",
    "65536, ce00010000",
    "4294967295, ceffffffff",
    "4294967296, cf0000000100000000",
    "-32, e0",
    "-33, d0df",
    "-128, d080",
    "-129, d1ff7f",
    "-32768, d18000",
    "-32769, d2ffff7fff",
    "-2147483648, d280000000",
    "-2147483649, d3ffffffff7fffffff",
    "9223372036854775807, cf7fffffffffffffff",
    "-9223372036854775808, d38000000000000000",
  })
  void integersTakeTheirShortestForm(long value, String hex) {
    assertThat(values.hex(value)).isEqualTo(hex);
    assertThat(values.read(hex, long.class)).isEqualTo(value);
    assertThat(values.hex(BigInteger.valueOf(value))).isEqualTo(hex);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "05",
        "cc05",
        "cd0005",
        "ce00000005",
        "cf0000000000000005",
        "d005",
        "d10005",
        "d200000005",
        "d30000000000000005"
      })
  void integersAreReadFromAnyWidth(String hex) {
    assertThat(values.read(hex, byte.class)).isEqualTo((byte) 5);
    assertThat(values.read(hex, short.class)).isEqualTo((short) 5);
    assertThat(values.read(hex, int.class)).isEqualTo(5);
    assertThat(values.read(hex, Long.class)).isEqualTo(5L);
    assertThat(values.read(hex, BigInteger.class)).isEqualTo(BigInteger.valueOf(5));
    assertThat(values.read(hex, double.class)).isEqualTo(5d);
    assertThat(values.read(hex, Float.class)).isEqualTo(5f);
    assertThat(values.read(hex, Object.class)).isEqualTo(5);
  }

  @Test
  void integersOutOfRangeDoNotFit() {
    assertDoesNotFit("cc80", byte.class);
    assertDoesNotFit("cd8000", short.class);
    assertDoesNotFit("ce80000000", int.class);
    assertDoesNotFit("cf8000000000000000", long.class);
    assertDoesNotFit("ff", char.class);
    assertDoesNotFit("ce00010000", char.class);
  }

  @Test
  void integersAreNotReadFromAnythingElse() {
    assertDoesNotFit("cb3ff0000000000000", int.class);
    assertDoesNotFit("ca3f800000", long.class);
    assertDoesNotFit("a135", int.class);
    assertDoesNotFit("c3", int.class);
  }

  @Test
  void integersWithoutSignHaveABigOne() {
    BigInteger most = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);

    assertThat(values.hex(most)).isEqualTo("cfffffffffffffffff");
    assertThat(values.read("cfffffffffffffffff", BigInteger.class)).isEqualTo(most);
    assertThat(values.read("cfffffffffffffffff", Object.class)).isEqualTo(most);
    assertThat(values.read("cfffffffffffffffff", double.class)).isEqualTo(0x1p64);
    assertThatThrownBy(() -> values.hex(most.add(BigInteger.ONE)))
        .hasMessage("an integer of 65 bits (expected: at most 64)");
    assertThatThrownBy(() -> values.hex(most.negate())).isInstanceOf(RuntimeException.class);
  }

  @Test
  void floatsKeepTheirWidthEvenWhenTheyAreWhole() {
    assertThat(values.hex(42f)).isEqualTo("ca42280000");
    assertThat(values.hex(42d)).isEqualTo("cb4045000000000000");
    assertThat(values.hex(Double.NaN)).isEqualTo("cb7ff8000000000000");
    assertThat(values.read("ca3fc00000", double.class)).isEqualTo(1.5);
    assertThat(values.read("cb3ff8000000000000", float.class)).isEqualTo(1.5f);
    assertThat(values.read("ca3fc00000", Object.class)).isEqualTo(1.5f);
    assertThat(values.read("cb3ff8000000000000", Object.class)).isEqualTo(1.5);
    assertDoesNotFit("a3312e35", double.class);
  }

  @Test
  void nilIsNullButForPrimitives() {
    assertThat(values.hex(null)).isEqualTo("c0");
    assertThat(values.read("c0", Integer.class)).isNull();
    assertThat(values.read("c0", String.class)).isNull();
    assertThat(values.read("c0", byte[].class)).isNull();
    assertThat(values.read("c0", Object.class)).isNull();
    assertThat(values.read("c0", Void.class)).isNull();
    assertDoesNotFit("c0", int.class);
    assertDoesNotFit("c0", boolean.class);
    assertDoesNotFit("c0", double.class);
    assertDoesNotFit("05", Void.class);
  }

  @Test
  void booleansAreOnlyBooleans() {
    assertThat(values.hex(true)).isEqualTo("c3");
    assertThat(values.hex(false)).isEqualTo("c2");
    assertThat(values.read("c3", boolean.class)).isEqualTo(true);
    assertThat(values.read("c2", Object.class)).isEqualTo(false);
    assertDoesNotFit("01", boolean.class);
  }

  @Test
  void textsAreUtf8InTheirShortestForm() {
    assertThat(values.hex("é😀")).isEqualTo("a6c3a9f09f9880");
    assertThat(values.hex("a".repeat(31))).startsWith("bf61");
    assertThat(values.hex("a".repeat(32))).startsWith("d92061");
    assertThat(values.hex("a".repeat(255))).startsWith("d9ff61");
    assertThat(values.hex("a".repeat(256))).startsWith("da010061");
    assertThat(values.hex("a".repeat(65_536))).startsWith("db0001000061");
    assertThat(values.read("da000161", String.class)).isEqualTo("a");
    assertThat(values.read("db0000000161", CharSequence.class)).isEqualTo("a");
    assertDoesNotFit("c40161", String.class);
  }

  @Test
  void whatIsNoTextIsReplaced() {
    assertThat(values.hex("a\ud800b\udc00")).isEqualTo("a861efbfbd62efbfbd");
    assertThat(values.read("a3ff61fe", String.class)).isEqualTo("\ufffda\ufffd");
  }

  @Test
  void charsAreNumbers() {
    assertThat(values.hex('c')).isEqualTo("63");
    assertThat(values.read("cdffff", char.class)).isEqualTo('\uffff');
    assertDoesNotFit("a163", char.class);
  }

  @Test
  void enumsAreNames() {
    assertThat(values.hex(Level.LOW)).isEqualTo(values.hex("LOW"));
    assertThat(values.hex(Level.HIGH)).isEqualTo(values.hex("HIGH"));
    assertThat(values.hex(Level.TOP)).isEqualTo(values.hex("Top"));
    assertThat(values.again("HIGH", Level.class)).isEqualTo(Level.HIGH);
    assertThat(values.again("Top", Level.class)).isEqualTo(Level.TOP);
    assertThat(values.again("1", Level.class)).isEqualTo(Level.HIGH);
    assertDoesNotFit(values.hex("high"), Level.class);
    assertDoesNotFit(values.hex("TOP"), Level.class);
    assertDoesNotFit(values.hex("3"), Level.class);
    assertDoesNotFit("01", Level.class);
  }

  @Test
  void constantsAreNamedAsInDotNetWhereMembersAre() {
    Values pascal = new Values(MemberNaming.PASCAL_CASE);
    assertThat(pascal.hex(Level.HIGH)).isEqualTo(values.hex("High"));
    assertThat(pascal.hex(Level.TOP)).isEqualTo(values.hex("Top"));
    assertThat(pascal.again("High", Level.class)).isEqualTo(Level.HIGH);
    assertThatThrownBy(() -> pascal.again("HIGH", Level.class))
        .isInstanceOf(MessagePackException.class);
    assertThat(List.of("DARK_RED", "UTF_8", "X", "mixedCase", "A__B", "_A"))
        .extracting(MemberNaming.PASCAL_CASE::constantName)
        .containsExactly("DarkRed", "Utf8", "X", "mixedCase", "A__B", "_A");
    assertThat(MemberNaming.CAMEL_CASE.constantName("DARK_RED")).isEqualTo("DARK_RED");
  }

  @Test
  void decimalsAreTextsThatKeepTheirScale() {
    assertThat(values.hex(new BigDecimal("1.10"))).isEqualTo("a4312e3130");
    assertThat(values.hex(new BigDecimal("1E+3"))).isEqualTo(values.hex("1000"));
    assertThat(values.again("-0.50", BigDecimal.class)).isEqualTo(new BigDecimal("-0.50"));
    assertThat(values.again("1e3", BigDecimal.class)).isEqualTo(new BigDecimal("1e3"));
    assertDoesNotFit("01", BigDecimal.class);
    assertDoesNotFit(values.hex("one"), BigDecimal.class);
  }

  @Test
  void decimalsThatWouldBeLongWhenWrittenOutDoNotFit() {
    assertDoesNotFit(values.hex("1e1000000000"), BigDecimal.class);
    assertDoesNotFit(values.hex("1e-2000"), BigDecimal.class);
    assertDoesNotFit(values.hex("9".repeat(1_001)), BigDecimal.class);
  }

  @Test
  void uuidsAreTextsOfTheUsualForm() {
    UUID uuid = UUID.fromString("00112233-4455-6677-8899-aabbccddeeff");

    assertThat(values.hex(uuid)).isEqualTo(values.hex(uuid.toString()));
    assertThat(values.again("00112233-4455-6677-8899-AABBCCDDEEFF", UUID.class)).isEqualTo(uuid);
    assertDoesNotFit(values.hex("0-0-0-0-0"), UUID.class);
    assertDoesNotFit(values.hex("{0112233-4455-6677-8899-aabbccddeeff"), UUID.class);
    assertDoesNotFit("c410" + "00".repeat(16), UUID.class);
  }

  @Test
  void urisAreTexts() {
    URI uri = URI.create("http://x/?a=1&b=%20");

    assertThat(values.hex(uri)).isEqualTo(values.hex("http://x/?a=1&b=%20"));
    assertThat(values.again(uri, URI.class)).isEqualTo(uri);
    assertDoesNotFit(values.hex("a b"), URI.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "c4020180",
        "c500020180",
        "c6000000020180",
        "a20180",
        "da00020180",
        "db000000020180",
        "9201cc80",
        "dc0002 01 cc80"
      })
  void bytesAreReadFromWhateverHoldsBytes(String hex) {
    assertThat(values.read(hex, byte[].class)).isEqualTo(new byte[] {1, (byte) 0x80});
  }

  @Test
  void bytesAreNotReadFromTextsWithALengthOfOneByteOrOtherNumbers() {
    assertDoesNotFit("d9020102", byte[].class);
    assertDoesNotFit("91cd0100", byte[].class);
    assertDoesNotFit("91ff", byte[].class);
    assertDoesNotFit("01", byte[].class);
  }

  @Test
  void bytesTakeTheirShortestForm() {
    assertThat(values.hex(new byte[255])).startsWith("c4ff00");
    assertThat(values.hex(new byte[256])).startsWith("c5010000");
    assertThat(values.hex(new byte[65_536])).startsWith("c60001000000");
    assertThat(values.read("c40101", Object.class)).isEqualTo(new byte[] {1});
  }

  @Test
  void optionalsAreNilOrTheirValue() {
    assertThat(values.hex(Optional.of("a"))).isEqualTo("a161");
    assertThat(values.hex(Optional.empty())).isEqualTo("c0");
    assertThat(values.hex(OptionalInt.of(0))).isEqualTo("00");
    assertThat(values.hex(OptionalInt.empty())).isEqualTo("c0");
    assertThat(values.read("c0", OptionalLong.class)).isEqualTo(OptionalLong.empty());
    assertThat(values.read("05", OptionalLong.class)).isEqualTo(OptionalLong.of(5));
    assertThat(values.read("05", OptionalDouble.class)).isEqualTo(OptionalDouble.of(5));
    assertThat(values.read("c0", Optional.class)).isEqualTo(Optional.empty());
    assertThat(values.read("05", Optional.class)).isEqualTo(Optional.of(5));
  }

  @Test
  void aTypeThatSaysLittleIsWhatTheBytesAre() {
    assertThat(values.read("05", Number.class)).isEqualTo(5);
    assertThat(values.read("cf0000000100000000", Object.class)).isEqualTo(1L << 32);
    assertThat(values.read("d3ffffffff7fffffff", Object.class)).isEqualTo(-(1L << 31) - 1);
    assertDoesNotFit("a161", Number.class);
    assertDoesNotFit("c70101ff", Object.class);
  }

  @Test
  void theRestOfTheJdkHasNoForm() {
    assertThatThrownBy(() -> values.hex(Thread.currentThread()))
        .hasMessageEndingWith(" has no form in MessagePack");
    assertThatThrownBy(() -> values.read("80", Thread.class))
        .hasMessage("java.lang.Thread has no form in MessagePack");
  }

  private void assertDoesNotFit(String hex, Class<?> type) {
    @Nullable Throwable thrown = null;
    try {
      values.read(hex, type);
    } catch (RuntimeException e) {
      thrown = e;
    }
    assertThat(thrown).as("%s as %s", hex, type).isNotNull();
  }
}
