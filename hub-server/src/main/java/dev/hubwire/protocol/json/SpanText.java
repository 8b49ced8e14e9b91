package dev.hubwire.protocol.json;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalTime;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Durations, and times of a day, as the reference server spells them: {@code 1.02:03:04.5000000}
 * for a day, two hours, three minutes and so on.
 */
final class SpanText {
  private static final Pattern SPAN =
      Pattern.compile(
          "(?<sign>-)?((?<days>[0-9]+)\\.)?(?<hours>[0-9]+):(?<minutes>[0-9]+)"
              + "(:(?<seconds>[0-9]+)(\\.(?<fraction>[0-9]{1,7}))?)?");

  private static final Pattern DAYS = Pattern.compile("-?[0-9]+");

  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  /** The reference counts in a long. */
  private static final Duration LONGEST =
      Duration.ofSeconds(
          Long.MAX_VALUE / TimeText.UNITS_PER_SECOND,
          Long.MAX_VALUE % TimeText.UNITS_PER_SECOND * TimeText.NANOS_PER_UNIT);

  /** A long reaches one unit further below zero. */
  private static final Duration LONGEST_NEGATIVE = LONGEST.plusNanos(TimeText.NANOS_PER_UNIT);

  private SpanText() {}

  /**
   * @throws DateTimeException if it is something else
   */
  static Duration read(String text) {
    Matcher matcher = SPAN.matcher(text);
    if (matcher.matches()) {
      Duration size =
          Duration.ofDays(number(matcher.group("days"), Integer.MAX_VALUE)).plus(clock(matcher));
      return inRange(matcher.group("sign") == null ? size : size.negated(), text);
    }
    if (DAYS.matcher(text).matches()) {
      return inRange(Duration.ofDays(number(text, Integer.MAX_VALUE)), text);
    }
    throw invalid(text);
  }

  /**
   * A time of a day: a duration without sign and days.
   *
   * @throws DateTimeException if it is something else
   */
  static LocalTime readTime(String text) {
    Matcher matcher = SPAN.matcher(text);
    if (!matcher.matches() || matcher.group("sign") != null || matcher.group("days") != null) {
      throw invalid(text);
    }
    return LocalTime.MIDNIGHT.plus(clock(matcher));
  }

  private static Duration clock(Matcher matcher) {
    String fraction = matcher.group("fraction");
    long nanos =
        fraction == null ? 0 : number((fraction + "000000000").substring(0, 9), NANOS_PER_SECOND);
    return Duration.ofHours(number(matcher.group("hours"), 23))
        .plusMinutes(number(matcher.group("minutes"), 59))
        .plusSeconds(number(matcher.group("seconds"), 59))
        .plusNanos(nanos);
  }

  private static long number(@Nullable String digits, long most) {
    if (digits == null) {
      return 0;
    }
    try {
      long value = Long.parseLong(digits);
      if (Math.abs(value) <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      // More digits than any duration has: as wrong as a number that is only too large.
    }
    throw invalid(digits);
  }

  private static Duration inRange(Duration span, String text) {
    if (span.abs().compareTo(span.isNegative() ? LONGEST_NEGATIVE : LONGEST) > 0) {
      throw invalid(text);
    }
    return span;
  }

  private static DateTimeException invalid(String text) {
    return new DateTimeException("duration: " + text + " (expected: [-][d.]hh:mm:ss[.fffffff])");
  }

  static String write(Duration span) {
    StringBuilder text = new StringBuilder(24);
    Duration size = span.abs();
    if (span.isNegative()) {
      text.append('-');
    }
    if (size.toDaysPart() > 0) {
      text.append(size.toDaysPart()).append('.');
    }
    TimeText.appendTwoDigits(size.toHoursPart(), text);
    TimeText.appendTwoDigits(size.toMinutesPart(), text.append(':'));
    TimeText.appendTwoDigits(size.toSecondsPart(), text.append(':'));
    int units = size.toNanosPart() / TimeText.NANOS_PER_UNIT;
    if (units != 0) {
      TimeText.appendUnits(units, text);
    }
    return text.toString();
  }
}
