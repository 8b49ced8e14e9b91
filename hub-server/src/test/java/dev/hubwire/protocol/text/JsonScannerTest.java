package dev.hubwire.protocol.text;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class JsonScannerTest {
  private static JsonScanner scanner(String text) {
    return scanner(text.getBytes(UTF_8));
  }

  /** In the middle of other bytes, which must not matter. */
  private static JsonScanner scanner(byte[] text) {
    byte[] bytes = new byte[text.length + 2];
    bytes[0] = '"';
    bytes[bytes.length - 1] = '"';
    System.arraycopy(text, 0, bytes, 1, text.length);
    return new JsonScanner(bytes, 1, bytes.length - 1);
  }

  private static List<Token> tokens(JsonScanner scanner) {
    List<Token> tokens = new ArrayList<>();
    do {
      tokens.add(scanner.next());
    } while (scanner.depth() > 0);
    return tokens;
  }

  @Test
  void findsTheTokensOfAnObject() {
    JsonScanner scanner =
        scanner(" {\"a\" : [1, -2.5e3,\ttrue,false\r\n] ,\"b\":{\"c\":null},\"d\":\"\"} ");

    assertThat(tokens(scanner))
        .containsExactly(
            Token.OBJECT_START,
            Token.NAME,
            Token.ARRAY_START,
            Token.NUMBER,
            Token.NUMBER,
            Token.TRUE,
            Token.FALSE,
            Token.ARRAY_END,
            Token.NAME,
            Token.OBJECT_START,
            Token.NAME,
            Token.NULL,
            Token.OBJECT_END,
            Token.NAME,
            Token.STRING,
            Token.OBJECT_END);
  }

  @Test
  void doesNotLookBehindTheValue() {
    JsonScanner scanner = scanner("{}}garbage");

    assertThat(tokens(scanner)).containsExactly(Token.OBJECT_START, Token.OBJECT_END);
    assertThat(scanner.position()).isEqualTo(3);
  }

  static Stream<Arguments> syntaxErrors() throws IOException {
    try (InputStream in =
        JsonScannerTest.class.getResourceAsStream("/vectors/json-syntax-errors.json")) {
      JsonNode rows = JsonMapper.shared().readTree(Objects.requireNonNull(in));
      return StreamSupport.stream(rows.spliterator(), false)
          .map(row -> arguments(row.get(0).asString(), row.get(1).asString()));
    }
  }

  @ParameterizedTest
  @MethodSource("syntaxErrors")
  void tellsWhatIsWrongInTheWordsOfTheReference(String latin1, String error) {
    JsonScanner scanner = scanner(latin1.getBytes(ISO_8859_1));

    JsonException thrown = catchThrowableOfType(JsonException.class, () -> tokens(scanner));

    assertThat(thrown).hasMessage(error);
    assertThat(thrown.isSyntax()).isTrue();
    assertThat(thrown.wireName()).isEqualTo("JsonReaderException");
    assertThatThrownBy(scanner::next).isSameAs(thrown);
  }

  @Test
  void skipsAContainerWithAllThatIsInIt() {
    JsonScanner scanner = scanner("[[1,{\"a\":[]}],2]");
    scanner.next();
    scanner.next();

    scanner.skipChildren();

    assertThat(scanner.token()).isEqualTo(Token.ARRAY_END);
    assertThat(scanner.depth()).isEqualTo(1);
    assertThat(scanner.next()).isEqualTo(Token.NUMBER);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {"[1,2]", "{'a':{'b':1}}", "'text'", "17", "null"})
  void readsAValueAgain(String value) {
    JsonScanner scanner = scanner("{\"x\":[" + value.replace('\'', '"') + "]}");
    scanner.next();
    scanner.next();
    scanner.next();
    scanner.next();

    JsonScanner again = scanner.again();
    scanner.skipTo(1);
    again.next();
    again.skipTo(1);

    assertThat(again.position()).isEqualTo(scanner.position());
    assertThat(again.next()).isEqualTo(Token.OBJECT_END);
    assertThat(again.depth()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "abc|abc",
        "é漢\uD83D\uDE00|é漢\uD83D\uDE00",
        "\\u0041\\u00e9\\u6F22\\ud83d\\uDE00|Aé漢\uD83D\uDE00",
        "\\\"\\\\\\/|\"\\/",
        "é\\u00e9é|ééé",
        "\uFFFD|\uFFFD"
      })
  void decodesStrings(String escaped, String text) {
    JsonScanner scanner = scanner("\"" + escaped + "\"");
    scanner.next();

    assertThat(scanner.string()).isEqualTo(text);
  }

  @Test
  void decodesControlCharacters() {
    JsonScanner scanner = scanner("\"\\b\\f\\n\\r\\t\\u001e\\u007f\\u0000\"");
    scanner.next();

    assertThat(scanner.string()).isEqualTo("\b\f\n\r\t\u001e\u007f\0");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\\ud83d|Cannot read incomplete UTF-16 JSON text as string with missing low surrogate.",
        "\\ud83dx|Cannot read incomplete UTF-16 JSON text as string with missing low surrogate.",
        "\\ude00|Cannot read invalid UTF-16 JSON text as string. Invalid surrogate value: '0xDE00'.",
        "\\ud83d\\u0041|Cannot read invalid UTF-16 JSON text as string. Invalid surrogate value: '0x41'.",
        "\\ud83d\\ud83d|Cannot read invalid UTF-16 JSON text as string. Invalid surrogate value: '0xD83D'.",
        "\u00FF|Cannot transcode invalid UTF-8 JSON text to UTF-16 string.",
        "\u00FF\\n|Cannot transcode invalid UTF-8 JSON text to UTF-16 string.",
        "\u00ED\u00A0\u0080|Cannot transcode invalid UTF-8 JSON text to UTF-16 string."
      })
  void findsNothingWrongWithAStringThatMeansNothingUntilItIsDecoded(String latin1, String error) {
    JsonScanner scanner = scanner(("\"" + latin1 + "\"").getBytes(ISO_8859_1));
    assertThat(scanner.next()).isEqualTo(Token.STRING);

    JsonException thrown = catchThrowableOfType(JsonException.class, scanner::string);

    assertThat(thrown).hasMessage(error);
    assertThat(thrown.wireName()).isEqualTo("InvalidOperationException");
    assertThat(thrown.isSyntax()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "type,type,true",
    "type,Type,false",
    "type,types,false",
    "'',type,false",
    "t\\u0079pe,type,true",
    "t\\u0079pes,type,false",
    "xt\\u0079pe,type,false",
    "\\ud83d,protocol,false"
  })
  void comparesStringsWithoutMakingThem(String escaped, String text, boolean same) {
    JsonScanner scanner = scanner("\"" + escaped + "\"");
    scanner.next();

    assertThat(scanner.textIs(text)).isEqualTo(same);
  }

  @Test
  void cannotCompareAStringThatMeansNothingWithOneItCouldBe() {
    JsonScanner scanner = scanner("\"ty\\ud83d\"");
    scanner.next();

    assertThatThrownBy(() -> scanner.textIs("type")).isInstanceOf(JsonException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "0,0",
    "-0,0",
    "42,42",
    "-7,-7",
    "2147483647,2147483647",
    "-2147483648,-2147483648",
    "9223372036854775807,9223372036854775807",
    "-9223372036854775808,-9223372036854775808"
  })
  void readsIntegers(String text, long value) {
    JsonScanner scanner = scanner(text);
    scanner.next();

    assertThat(scanner.isIntegral()).isTrue();
    assertThat(scanner.longValue()).isEqualTo(value);
    assertThat(scanner.numberText()).isEqualTo(text);
    if (value == (int) value) {
      assertThat(scanner.intValue()).isEqualTo((int) value);
    }
  }

  @ParameterizedTest
  @CsvSource({"2147483648", "-2147483649", "1.0", "1e0", "99999999999999999999"})
  void tellsWhatIsNoInt(String text) {
    JsonScanner scanner = scanner(text);
    scanner.next();

    JsonException thrown = catchThrowableOfType(JsonException.class, scanner::intValue);

    assertThat(thrown)
        .hasMessage(
            "Either the JSON value is not in a supported format,"
                + " or is out of bounds for an Int32.");
    assertThat(thrown.wireName()).isEqualTo("FormatException");
  }

  @ParameterizedTest
  @CsvSource({"9223372036854775808", "-9223372036854775809", "1.5"})
  void tellsWhatIsNoLong(String text) {
    JsonScanner scanner = scanner(text);
    scanner.next();

    assertThatThrownBy(scanner::longValue)
        .hasMessage(
            "Either the JSON value is not in a supported format,"
                + " or is out of bounds for an Int64.");
  }

  @ParameterizedTest
  @CsvSource({
    "2,2",
    "-0,-0.0",
    "0.1,0.1",
    "-2.5e3,-2500",
    "1e400,Infinity",
    "1e-400,0",
    "123456789012345,123456789012345",
    "12345678901234567890,12345678901234567890"
  })
  void readsDoubles(String text, double value) {
    JsonScanner scanner = scanner(text);
    scanner.next();

    assertThat(scanner.doubleValue()).isEqualTo(value);
  }
}
