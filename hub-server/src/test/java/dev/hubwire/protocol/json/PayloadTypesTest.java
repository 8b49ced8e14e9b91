package dev.hubwire.protocol.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.hubwire.protocol.vectors.RecordedHub.Color;
import dev.hubwire.protocol.vectors.RecordedHub.Person;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;

/** How values look on the wire, and what of it is read: the answers are the reference's. */
final class PayloadTypesTest {
  /** An enum that says what it is on the wire. */
  enum Size {
    SMALL("s"),
    LARGE("l");

    private final String letter;

    Size(String letter) {
      this.letter = letter;
    }

    @JsonValue
    String letter() {
      return letter;
    }
  }

  /** An enum whose names are on the wire. */
  @JsonFormat(shape = JsonFormat.Shape.STRING)
  enum Named {
    ONE
  }

  /** Nothing but components of all sorts. */
  record Mixed(
      boolean flag, char letter, @Nullable Long count, Optional<String> note, List<Color> colors) {}

  /** A class as applications write them. */
  public static final class Bean {
    public @Nullable String zebra;
    private int apple = 7;

    public int getApple() {
      return apple;
    }

    public void setApple(int apple) {
      this.apple = apple;
    }
  }

  private static Type of(TypeReference<?> reference) {
    return reference.getType();
  }

  private static final Type INTS = of(new TypeReference<List<Integer>>() {});
  private static final Type INT_SET = of(new TypeReference<Set<Integer>>() {});
  private static final Type COUNTS = of(new TypeReference<Map<String, Integer>>() {});
  private static final Type BY_NUMBER = of(new TypeReference<Map<Integer, String>>() {});
  private static final Type BY_COLOR = of(new TypeReference<Map<Color, Integer>>() {});
  private static final Type MAYBE = of(new TypeReference<Optional<String>>() {});

  /** A type, a value of it as it arrives, and as it is written again; null if it does not fit. */
  private static Arguments row(Type type, String read, @Nullable String written) {
    return arguments(type, read, written);
  }

  private static Arguments same(Type type, String text) {
    return row(type, text, text);
  }

  private static Stream<Arguments> refused(Type type, String... texts) {
    return Stream.of(texts).map(text -> row(type, text, null));
  }

  static Stream<Arguments> numbers() {
    return Stream.of(
            Stream.of(
                same(int.class, "2147483647"),
                same(int.class, "-2147483648"),
                row(int.class, "-0", "0"),
                same(Integer.class, "null"),
                same(long.class, "9223372036854775807"),
                same(short.class, "-32768"),
                same(float.class, "16777216"),
                row(float.class, "0.30000001", "0.3"),
                row(double.class, "2.0", "2"),
                row(double.class, "1e17", "1E+17"),
                row(double.class, "0.00001", "1E-05"),
                same(double.class, "-0"),
                row(BigDecimal.class, "1e2", "100"),
                same(BigDecimal.class, "1.10"),
                same(BigInteger.class, "123456789012345678901234567890")),
            refused(int.class, "1.0", "1e0", "2147483648", "\"5\"", "null", "true", "\"\"", "[1]"),
            refused(Integer.class, "1.0", "\"5\"", "\"\""),
            refused(long.class, "9223372036854775808", "1.5", "null", "\"1\""),
            refused(short.class, "32768", "1.0"),
            refused(double.class, "\"1\"", "\"NaN\"", "\"Infinity\"", "null", "true", "\"\""),
            refused(float.class, "\"NaN\"", "null"),
            refused(BigDecimal.class, "\"1\"", "true"))
        .flatMap(rows -> rows);
  }

  static Stream<Arguments> scalars() {
    return Stream.of(
            Stream.of(
                same(boolean.class, "true"),
                same(Boolean.class, "null"),
                same(String.class, "\"é漢\""),
                same(String.class, "null"),
                same(String.class, "\"\""),
                same(char.class, "\"c\""),
                same(Color.class, "2"),
                same(Color.class, "null"),
                same(Size.class, "\"l\""),
                same(Named.class, "\"ONE\""),
                same(byte[].class, "\"AQID\""),
                row(byte[].class, "\" A\\r\\nQ\\t==\"", "\"AQ==\""),
                same(byte[].class, "null"),
                row(
                    UUID.class,
                    "\"00112233-4455-6677-8899-AABBCCDDEEFF\"",
                    "\"00112233-4455-6677-8899-aabbccddeeff\""),
                same(URI.class, "\"http://x/?a=b&c=d\""),
                same(MAYBE, "\"a\""),
                same(MAYBE, "null")),
            refused(boolean.class, "1", "0", "\"true\"", "null"),
            refused(String.class, "1", "1.5", "true", "[]", "{}"),
            refused(char.class, "1", "\"\"", "\"ab\"", "null"),
            refused(Color.class, "\"RED\"", "\"0\"", "1.0", "3", "-1", "true"),
            refused(byte[].class, "\"AQ\"", "\"AQ-_\"", "\"AR==\"", "\"A===\"", "[1,2]", "1"),
            refused(UUID.class, "\"00112233445566778899aabbccddeeff\"", "\"\"", "1"),
            refused(URI.class, "1", "true"))
        .flatMap(rows -> rows);
  }

  static Stream<Arguments> datesWithTime() {
    return Stream.of(
        same(Instant.class, "\"2024-02-29T12:30:45.123Z\""),
        row(Instant.class, "\"2024-02-29T12:30:45.1200Z\"", "\"2024-02-29T12:30:45.12Z\""),
        row(Instant.class, "\"2024-02-29T12:30\"", "\"2024-02-29T12:30:00Z\""),
        row(Instant.class, "\"2024-02-29\"", "\"2024-02-29T00:00:00Z\""),
        row(Instant.class, "\"2024-02-29T00:30+01:00\"", "\"2024-02-28T23:30:00Z\""),
        row(
            Instant.class,
            "\"2024-02-29T12:30:45.1234567890123456Z\"",
            "\"2024-02-29T12:30:45.1234567Z\""),
        same(Instant.class, "\"0001-01-01T00:00:00Z\""),
        same(Instant.class, "\"9999-12-31T23:59:59.9999999Z\""),
        same(Date.class, "\"2024-02-29T12:30:45.123Z\""),
        same(OffsetDateTime.class, "\"2024-02-29T12:30:45.5+02:00\""),
        same(OffsetDateTime.class, "\"2024-02-29T12:30:45-14:00\""),
        row(OffsetDateTime.class, "\"2024-02-29T12:30Z\"", "\"2024-02-29T12:30:00+00:00\""),
        row(OffsetDateTime.class, "\"2024-02-29T01:00+01\"", "\"2024-02-29T01:00:00+01:00\""),
        same(ZonedDateTime.class, "\"2024-02-29T12:30:45-05:30\""),
        same(LocalDateTime.class, "\"2024-02-29T12:30:45.123\""),
        row(LocalDateTime.class, "\"2024-02-29T12:30+01:00\"", "\"2024-02-29T11:30:00\""));
  }

  static Stream<Arguments> noDatesWithTime() {
    return refused(
        Instant.class,
        "\"2024-02-29 12:30:45\"",
        "\"2024-02-29t12:30\"",
        "\"2024-02-29T12:30z\"",
        "\"2024-02-29T12\"",
        "\"2024-02-29T12:30:45+0200\"",
        "\"2024-02-29T12:30:45,1\"",
        "\"2024-02-29T12:30:45.\"",
        "\"2024-02-29T12:30:45.12345678901234567Z\"",
        "\"2024-02-29T24:00\"",
        "\"2024-02-29T12:30+14:01\"",
        "\"2024-02-30\"",
        "\"2024-02\"",
        "\" 2024-02-29\"",
        "\"0000-01-01\"",
        "\"10000-01-01\"",
        "\"0001-01-01T00:00+01:00\"",
        "\"2024-02-29Z\"",
        "\"\"",
        "1709210000");
  }

  static Stream<Arguments> datesAndSpans() {
    return Stream.of(
        same(LocalDate.class, "\"2024-02-29\""),
        row(LocalTime.class, "\"12:30\"", "\"12:30:00\""),
        row(LocalTime.class, "\"12:30:45.005\"", "\"12:30:45.0050000\""),
        same(Duration.class, "\"1.02:03:04\""),
        same(Duration.class, "\"-00:00:01.5000000\""),
        same(Duration.class, "\"10675199.02:48:05.4775807\""),
        same(Duration.class, "\"-10675199.02:48:05.4775808\""),
        row(Duration.class, "\"5\"", "\"5.00:00:00\""),
        row(Duration.class, "\"-5\"", "\"-5.00:00:00\""),
        row(Duration.class, "\"1.2:3\"", "\"1.02:03:00\""),
        row(Duration.class, "\"01:02:03.1\"", "\"01:02:03.1000000\""),
        row(Duration.class, "\"00:00:00.0000001\"", "\"00:00:00.0000001\""));
  }

  static Stream<Arguments> noDatesAndSpans() {
    return Stream.of(
            refused(LocalDate.class, "\"2024-02-29T00:00\"", "\"2024-2-29\"", "\"0000-01-01\""),
            refused(
                LocalTime.class, "\"24:00:00\"", "\"-01:00\"", "\"1.01:00\"", "\"5\"", "\"12\""),
            refused(
                Duration.class,
                "\"24:00:00\"",
                "\"00:60\"",
                "\"+01:00\"",
                "\"01:02:03.12345678\"",
                "\"10675199.02:48:05.4775808\"",
                "\"99999999999999999999\"",
                "\"PT1S\"",
                "5"))
        .flatMap(rows -> rows);
  }

  static Stream<Arguments> structures() {
    return Stream.of(
            Stream.of(
                same(INTS, "[1,2]"),
                same(INT_SET, "[1]"),
                same(int[].class, "[1,2]"),
                row(double[].class, "[-0.0,0.5,3]", "[-0,0.5,3]"),
                row(String[].class, "[\"a\",null]", "[\"a\",null]"),
                same(COUNTS, "{\"Key\":1}"),
                row(COUNTS, "{\"a\":1,\"a\":2}", "{\"a\":2}"),
                same(BY_NUMBER, "{\"1\":\"x\"}"),
                same(BY_COLOR, "{\"BLUE\":1}"),
                row(
                    Person.class,
                    "{\"NAME\":\"Ann\",\"aGe\":3,\"x\":[{}]}",
                    "{\"name\":\"Ann\",\"age\":3,\"tags\":null}"),
                row(Person.class, "{}", "{\"name\":null,\"age\":0,\"tags\":null}"),
                same(Person.class, "null"),
                row(
                    Mixed.class,
                    "{\"colors\":[2,0],\"letter\":\"x\",\"note\":\"n\"}",
                    "{\"flag\":false,\"letter\":\"x\",\"count\":null,\"note\":\"n\",\"colors\":[2,0]}"),
                row(Bean.class, "{\"zebra\":\"z\",\"no\":1}", "{\"zebra\":\"z\",\"apple\":7}"),
                same(Object.class, "{\"a\":[1,2.5,\"x\",true,null]}"),
                same(JsonNode.class, "{\"b\":{\"a\":[]}}")),
            refused(INTS, "[1.0]", "[\"1\"]", "1", "{}", "\"\""),
            refused(int[].class, "[null]", "[1.5]", "\"\""),
            refused(double[].class, "\"\"", "\"AAAAAAAAAAA=\"", "[\"1\"]"),
            refused(COUNTS, "{\"a\":\"1\"}", "[]"),
            refused(BY_NUMBER, "{\"x\":\"y\"}"),
            refused(
                Person.class, "{\"age\":null}", "{\"age\":1.0}", "{\"name\":5}", "[]", "\"\"", "1"))
        .flatMap(rows -> rows);
  }

  @ParameterizedTest
  @MethodSource({
    "numbers",
    "scalars",
    "datesWithTime",
    "noDatesWithTime",
    "datesAndSpans",
    "noDatesAndSpans",
    "structures"
  })
  void readsAndWritesAsTheReference(Type type, String read, @Nullable String written) {
    assertThat(Payloads.echo(new JsonHubProtocol(), type, read)).isEqualTo(written);
  }
}
