package dev.hubwire.protocol.messagepack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Date;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code docs/protocol/hub-protocol.md} §5.5 and §5.6. */
final class TimeValuesTest {
  private final Values values = new Values();

  @ParameterizedTest
  @CsvSource({
    "1970-01-01T00:00:00Z, d6ff00000000",
    "2017-04-11T00:00:00Z, d6ff58ec1c80",
    "2106-02-07T06:28:15Z, d6ffffffffff",
    "2106-02-07T06:28:16Z, d7ff0000000100000000",
    "2024-02-29T12:30:45.123Z, d7ff1d53530065e078f5",
    "2514-05-30T01:53:03.999999999Z, d7ffee6b27ffffffffff",
    "2514-05-30T01:53:04Z, c70cff000000000000000400000000",
    "1969-12-31T23:59:59.5Z, c70cff1dcd6500ffffffffffffffff",
  })
  void timestampsTakeTheirShortestForm(Instant time, String hex) {
    assertThat(values.hex(time)).isEqualTo(hex);
    assertThat(values.read(hex, Instant.class)).isEqualTo(time);
    assertThat(values.read(hex, Object.class)).isEqualTo(time);
  }

  @Test
  void timestampsAreReadFromEachFormOfAnExtension() {
    Instant time = Instant.parse("2017-04-11T00:00:00Z");

    assertThat(values.read("c704ff58ec1c80", Instant.class)).isEqualTo(time);
    assertThat(values.read("c80004ff58ec1c80", Instant.class)).isEqualTo(time);
    assertThat(values.read("c900000004ff58ec1c80", Instant.class)).isEqualTo(time);
    assertThat(values.read("c708ff0000000058ec1c80", Instant.class)).isEqualTo(time);
  }

  @Test
  void moreNanosecondsThanASecondHasAreAddedUp() {
    assertThat(values.read("c70cff773594000000000000000001", Instant.class))
        .isEqualTo(Instant.ofEpochSecond(3));
  }

  @ParameterizedTest
  @CsvSource({"c0", "a0", "05", "d500ff", "d6fe00000000", "c705ff0000000000", "c70cff00"})
  void whatIsNoTimestampDoesNotFit(String hex) {
    if (hex.equals("c0")) {
      assertThat(values.read(hex, Instant.class)).isNull();
    } else {
      assertThatThrownBy(() -> values.read(hex, Instant.class))
          .isInstanceOf(MessagePackException.class);
    }
  }

  @Test
  void aTimeWithoutZoneIsTakenAsUtc() {
    LocalDateTime time = LocalDateTime.parse("2017-04-11T00:00:00");

    assertThat(values.hex(time)).isEqualTo("d6ff58ec1c80");
    assertThat(values.again(time, LocalDateTime.class)).isEqualTo(time);
    Date date = Date.from(Instant.ofEpochMilli(1_500));
    assertThat(values.hex(date)).isEqualTo(values.hex(Instant.ofEpochMilli(1_500)));
    assertThat(values.again(date, Date.class)).isEqualTo(date);
  }

  @Test
  void aTimeWithAnOffsetIsWhatItsClockShowsAndTheOffset() {
    OffsetDateTime time = OffsetDateTime.parse("2016-05-10T13:51:20+12:34");

    assertThat(values.hex(time)).isEqualTo("92d6ff5731e758cd02f2");
    assertThat(values.again(time, OffsetDateTime.class)).isEqualTo(time);
    ZonedDateTime zoned = ZonedDateTime.parse("2024-07-01T12:00:00+02:00[Europe/Berlin]");
    assertThat(values.again(zoned, ZonedDateTime.class))
        .isEqualTo(ZonedDateTime.parse("2024-07-01T12:00:00+02:00"));
  }

  @Test
  void anOffsetIsCutToMinutesAndTheInstantKept() {
    OffsetDateTime time = OffsetDateTime.parse("1890-01-01T00:53:28+00:53:28");

    assertThat(values.again(time, OffsetDateTime.class))
        .isEqualTo(OffsetDateTime.parse("1890-01-01T00:53:00+00:53"));
  }

  @Test
  void aTimeWithAnOffsetHasTwoElements() {
    assertThatThrownBy(() -> values.read("93d6ff0000000000c0", OffsetDateTime.class))
        .isInstanceOf(MessagePackException.class);
    assertThatThrownBy(() -> values.read("d6ff00000000", OffsetDateTime.class))
        .isInstanceOf(MessagePackException.class);
    assertThatThrownBy(() -> values.read("92d6ff00000000cd0439", OffsetDateTime.class))
        .isInstanceOf(RuntimeException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "0001-01-01, 00",
    "0001-01-02, 01",
    "2024-02-29, ce000b4680",
    "9999-12-31, ce0037b9da"
  })
  void datesAreDaysSinceTheYearOne(LocalDate date, String hex) {
    assertThat(values.hex(date)).isEqualTo(hex);
    assertThat(values.read(hex, LocalDate.class)).isEqualTo(date);
  }

  @Test
  void timesOfTheDayAreTenthsOfAMicrosecond() {
    assertThat(values.hex(LocalTime.MIDNIGHT)).isEqualTo("00");
    assertThat(values.hex(LocalTime.of(0, 0, 1, 199))).isEqualTo(values.hex(10_000_001));
    assertThat(values.again(LocalTime.parse("23:59:59.9999999"), LocalTime.class))
        .isEqualTo(LocalTime.parse("23:59:59.9999999"));
    assertThatThrownBy(() -> values.again(864_000_000_000L, LocalTime.class))
        .isInstanceOf(MessagePackException.class);
    assertThatThrownBy(() -> values.again(-1, LocalTime.class))
        .isInstanceOf(MessagePackException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "PT1.5S, 15000000",
    "PT-1.5S, -15000000",
    "PT0.0000001S, 1",
    "PT-0.0000001S, -1",
    "PT922337203685.4775807S, 9223372036854775807",
    "PT-922337203685.4775808S, -9223372036854775808",
  })
  void durationsAreTenthsOfAMicrosecond(Duration duration, long ticks) {
    assertThat(values.hex(duration)).isEqualTo(values.hex(ticks));
    assertThat(values.again(ticks, Duration.class)).isEqualTo(duration);
  }

  @Test
  void aDurationThatIsTooLongCannotBeWritten() {
    assertThatThrownBy(() -> values.hex(Duration.ofSeconds(Long.MAX_VALUE)))
        .isInstanceOf(ArithmeticException.class);
  }
}
