package dev.hubwire.protocol.json;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Dates and times as the reference server spells them ({@code docs/protocol/hub-protocol.md} §4.5):
 * years from 1 to 9999, and tenths of a microsecond as the smallest unit; what is finer is cut.
 *
 * <p>All that read throw {@link DateTimeException} for anything else.
 */
final class TimeText {
  /** How many of the reference's smallest units a second has. */
  static final int UNITS_PER_SECOND = 10_000_000;

  static final int NANOS_PER_UNIT = 100;

  private static final Pattern DATE_TIME =
      Pattern.compile(
          "(?<date>[0-9]{4}-[0-9]{2}-[0-9]{2})"
              + "(T(?<time>[0-9]{2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]{1,16})?)?)"
              + "(?<zone>Z|[+-][0-9]{2}(:[0-9]{2})?)?)?");

  /** How many digits after the point count. */
  private static final int UNIT_DIGITS = 7;

  private static final int MAX_OFFSET_SECONDS = 14 * 3600;

  /** A time of a clock, and where the clock is, if that was said. */
  private record Reading(LocalDateTime time, @Nullable ZoneOffset zone) {}

  private TimeText() {}

  static Instant readInstant(String text) {
    return readOffset(text).toInstant();
  }

  /** A time without a zone is taken as UTC. */
  static OffsetDateTime readOffset(String text) {
    Reading reading = read(text);
    return reading.time.atOffset(reading.zone == null ? ZoneOffset.UTC : reading.zone);
  }

  /** Of a time with a zone, what a clock in UTC shows. */
  static LocalDateTime readLocal(String text) {
    Reading reading = read(text);
    return reading.zone == null
        ? reading.time
        : reading
            .time
            .atOffset(reading.zone)
            .withOffsetSameInstant(ZoneOffset.UTC)
            .toLocalDateTime();
  }

  static LocalDate readDate(String text) {
    // Longer forms are those of years past 9999, or with a sign.
    if (text.length() != "yyyy-MM-dd".length()) {
      throw invalid(text);
    }
    LocalDate date = LocalDate.parse(text);
    requireYear(date.getYear());
    return date;
  }

  private static Reading read(String text) {
    Matcher matcher = DATE_TIME.matcher(text);
    if (!matcher.matches()) {
      throw invalid(text);
    }
    LocalDate date = LocalDate.parse(matcher.group("date"));
    String time = matcher.group("time");
    LocalDateTime local = date.atTime(time == null ? LocalTime.MIDNIGHT : readClock(time));
    String zone = matcher.group("zone");
    if (zone == null) {
      return inRange(local, null);
    }
    ZoneOffset offset = ZoneOffset.of(zone);
    if (Math.abs(offset.getTotalSeconds()) > MAX_OFFSET_SECONDS) {
      throw invalid(text);
    }
    return inRange(local, offset);
  }

  private static LocalTime readClock(String time) {
    int most = time.indexOf('.') + 1 + UNIT_DIGITS;
    return LocalTime.parse(
        most > UNIT_DIGITS && time.length() > most ? time.substring(0, most) : time);
  }

  private static Reading inRange(LocalDateTime time, @Nullable ZoneOffset zone) {
    requireYear(time.getYear());
    if (zone != null) {
      requireYear(time.minusSeconds(zone.getTotalSeconds()).getYear());
    }
    return new Reading(time, zone);
  }

  private static void requireYear(int year) {
    if (year < 1 || year > 9999) {
      throw new DateTimeException("year: " + year + " (expected: 1 to 9999)");
    }
  }

  private static DateTimeException invalid(String text) {
    return new DateTimeException("date: " + text + " (expected: yyyy-MM-ddTHH:mm:ss)");
  }

  static String write(Instant instant) {
    return write(instant.atOffset(ZoneOffset.UTC).toLocalDateTime()) + "Z";
  }

  static String write(OffsetDateTime time) {
    int minutes = time.getOffset().getTotalSeconds() / 60;
    return write(time.toLocalDateTime())
        + String.format(
            Locale.ROOT,
            "%s%02d:%02d",
            minutes < 0 ? "-" : "+",
            Math.abs(minutes) / 60,
            Math.abs(minutes) % 60);
  }

  static String write(LocalDateTime time) {
    requireYear(time.getYear());
    StringBuilder text = new StringBuilder(32);
    text.append(time.toLocalDate()).append('T');
    appendSeconds(time.toLocalTime(), text);
    int units = time.get(ChronoField.NANO_OF_SECOND) / NANOS_PER_UNIT;
    if (units != 0) {
      appendUnits(units, text);
      while (text.charAt(text.length() - 1) == '0') {
        text.setLength(text.length() - 1);
      }
    }
    return text.toString();
  }

  static String write(LocalDate date) {
    requireYear(date.getYear());
    return date.toString();
  }

  /** Unlike that of a date with time, the fraction has all digits. */
  static String write(LocalTime time) {
    StringBuilder text = new StringBuilder(16);
    appendSeconds(time, text);
    int units = time.get(ChronoField.NANO_OF_SECOND) / NANOS_PER_UNIT;
    if (units != 0) {
      appendUnits(units, text);
    }
    return text.toString();
  }

  private static void appendSeconds(LocalTime time, StringBuilder text) {
    appendTwoDigits(time.getHour(), text);
    appendTwoDigits(time.getMinute(), text.append(':'));
    appendTwoDigits(time.getSecond(), text.append(':'));
  }

  static void appendTwoDigits(int value, StringBuilder text) {
    text.append((char) ('0' + value / 10)).append((char) ('0' + value % 10));
  }

  /** Appends a point and the seven digits of a fraction of a second. */
  static void appendUnits(int units, StringBuilder text) {
    text.append('.');
    for (int unit = UNITS_PER_SECOND / 10; unit > 0; unit /= 10) {
      text.append((char) ('0' + units / unit % 10));
    }
  }
}
