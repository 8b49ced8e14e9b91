package dev.hubwire.protocol.text;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hubwire.transport.PayloadWriter;
import java.util.function.Consumer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonTextTest {
  private static String written(Consumer<PayloadWriter> write) {
    PayloadWriter writer = new PayloadWriter(0);
    write.accept(writer);
    return new String(writer.toByteArray(), UTF_8);
  }

  private static String string(String text) {
    return written(writer -> JsonText.writeString(text, writer));
  }

  @Test
  void writesAsciiAsItIsButForWhatJsonEscapes() {
    assertThat(string("/<>&'+=` aZ09~{}[]:,")).isEqualTo("\"/<>&'+=` aZ09~{}[]:,\"");
    assertThat(string("\"\\\b\f\n\r\t")).isEqualTo("\"\\\"\\\\\\b\\f\\n\\r\\t\"");
    assertThat(string("\0\u0001\u001e\u001f\u007f"))
        .isEqualTo("\"\\u0000\\u0001\\u001E\\u001F\\u007F\"");
  }

  @ParameterizedTest
  @ValueSource(
      chars = {
        '\u0080', '\u009F', '\u00A0', '\u2003', '\u3000', '\u2028', '\u2029', '\uFEFF', '\uE000',
        '\uF8FF', '\uFDD0', '\uFFFF', '\u0378'
      })
  void escapesWhatCannotBeSeenInUpperCase(char c) {
    assertThat(string("a" + c + "b")).isEqualTo(String.format("\"a\\u%04Xb\"", (int) c));
  }

  @ParameterizedTest
  @ValueSource(
      chars = {
        'é', 'ÿ', '漢', '☃', '€', '\u0301', '\u00AD', '\u200B', '\u200D', '\u202E', '\u2066',
        '\uFFFD', 'ש', '\u07FF', '\u0800'
      })
  void writesOtherCharactersOfTheBasicPlaneAsTheyAre(char c) {
    assertThat(string("a" + c + "b")).isEqualTo("\"a" + c + "b\"");
  }

  @Test
  void writesWhatIsBeyondTheBasicPlaneAsTwoEscapes() {
    assertThat(string("😀")).isEqualTo("\"\\uD83D\\uDE00\"");
    assertThat(string(Character.toString(0x10FFFF))).isEqualTo("\"\\uDBFF\\uDFFF\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\uD83D", "a\uDE00b", "\uDE00\uD83D", "\uD83D\uD83D\uDE00"})
  void replacesAHalfOfACharacter(String text) {
    String expected = text.codePoints().mapToObj(JsonTextTest::replaced).reduce("", String::concat);

    assertThat(string(text)).isEqualTo("\"" + expected + "\"");
  }

  private static String replaced(int codePoint) {
    if (codePoint > 0xFFFF) {
      return "\\uD83D\\uDE00";
    }
    return codePoint < 0x80 ? Character.toString(codePoint) : "\\uFFFD";
  }

  @Test
  void readsEveryCharacterBackAsItWas() {
    for (int codePoint = 0; codePoint <= Character.MAX_CODE_POINT; codePoint++) {
      if (codePoint < Character.MIN_SURROGATE || codePoint > Character.MAX_SURROGATE) {
        String text = "<" + Character.toString(codePoint) + ">";
        assertThat(readBack(text)).isEqualTo(text);
      }
    }
  }

  @Property
  void readsTextBackAsItWas(@ForAll("texts") String text) {
    assertThat(readBack(text)).isEqualTo(text);
  }

  private static String readBack(String text) {
    byte[] bytes = string(text).getBytes(UTF_8);
    JsonScanner scanner = new JsonScanner(bytes, 0, bytes.length);
    assertThat(scanner.next()).isEqualTo(Token.STRING);
    return scanner.string();
  }

  @Provide
  Arbitrary<String> texts() {
    Arbitrary<Integer> codePoints =
        Arbitraries.oneOf(
            Arbitraries.integers().between(0, 0x7F),
            Arbitraries.integers().between(0x80, 0xD7FF),
            Arbitraries.integers().between(0xE000, Character.MAX_CODE_POINT));
    return codePoints
        .list()
        .ofMaxSize(40)
        .map(list -> list.stream().map(Character::toString).reduce("", String::concat));
  }

  @ParameterizedTest
  @ValueSource(
      longs = {0, 1, -1, 9, 10, 99, 100, -1234567890, Long.MAX_VALUE, Long.MIN_VALUE, 1L << 53})
  void writesIntegers(long value) {
    assertThat(written(writer -> JsonText.writeLong(value, writer))).isEqualTo("" + value);
  }

  @ParameterizedTest
  @CsvSource({
    "0,0",
    "-0.0,-0",
    "2,2",
    "2.5,2.5",
    "-0.1,-0.1",
    "1e15,1000000000000000",
    "1e16,10000000000000000",
    "12345678901234567,12345678901234568",
    "1e17,1E+17",
    "1.2345678901234568e17,1.2345678901234568E+17",
    "1e-4,0.0001",
    "1.234e-4,0.0001234",
    "1e-5,1E-05",
    "1.5e-5,1.5E-05",
    "1e22,1E+22",
    "1e100,1E+100",
    "1e7,10000000",
    "12345678.9,12345678.9",
    "1.7976931348623157e308,1.7976931348623157E+308",
    "2.2250738585072014e-308,2.2250738585072014E-308"
  })
  void writesDoublesAsTheReference(double value, String text) {
    assertThat(written(writer -> JsonText.writeDouble(value, writer))).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "0,0",
    "-0.0,-0",
    "42,42",
    "2.5,2.5",
    "0.1,0.1",
    "1e8,100000000",
    "1e9,1E+09",
    "1.2345678e9,1.2345678E+09",
    "16777216,16777216",
    "1e-4,0.0001",
    "1e-5,1E-05",
    "3.4028235e38,3.4028235E+38"
  })
  void writesFloatsAsTheReference(float value, String text) {
    assertThat(written(writer -> JsonText.writeFloat(value, writer))).isEqualTo(text);
  }

  @Property
  void writesDoublesThatAreReadBackAsTheyWere(@ForAll double value) {
    assertThat(Double.parseDouble(written(writer -> JsonText.writeDouble(value, writer))))
        .isEqualTo(value);
  }

  @Property
  void writesFloatsThatAreReadBackAsTheyWere(@ForAll float value) {
    assertThat(Float.parseFloat(written(writer -> JsonText.writeFloat(value, writer))))
        .isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void refusesWhatIsNoNumber(double value) {
    PayloadWriter writer = new PayloadWriter(0);

    assertThatThrownBy(() -> JsonText.writeDouble(value, writer))
        .hasMessage("number: " + value + " (expected: finite)");
    assertThatThrownBy(() -> JsonText.writeFloat((float) value, writer))
        .isInstanceOf(ArithmeticException.class);
    assertThat(writer.size()).isZero();
  }
}
