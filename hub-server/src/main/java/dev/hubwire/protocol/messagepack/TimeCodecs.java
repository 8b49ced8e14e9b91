package dev.hubwire.protocol.messagepack;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Date;
import java.util.Map;

/**
 * Dates and times ({@code docs/protocol/hub-protocol.md} §5.5, §5.6). What is finer than the unit
 * of a form is cut.
 */
final class TimeCodecs {
  private static final SimpleCodec<Instant> INSTANT =
      new SimpleCodec<>(MessagePackReader::readTimestamp, MessagePackWriter::writeTimestamp);

  private static final SimpleCodec<OffsetDateTime> OFFSET_DATE_TIME =
      new SimpleCodec<>(TimeCodecs::readOffset, TimeCodecs::writeOffset);

  /** From the first day of the year 1, which is day 0 on the wire, to Java's day 0. */
  private static final long DAYS_TO_EPOCH = -LocalDate.of(1, 1, 1).toEpochDay();

  private static final int NANOS_PER_TICK = 100;
  private static final int TICKS_PER_SECOND = 10_000_000;
  private static final long TICKS_PER_DAY = 24L * 60 * 60 * TICKS_PER_SECOND;
  private static final int SECONDS_PER_MINUTE = 60;

  private TimeCodecs() {}

  static void addTo(Map<? super Class<?>, ValueCodec<?>> codecs) {
    codecs.put(Instant.class, INSTANT);
    codecs.put(Date.class, SimpleCodec.via(INSTANT, Date::from, Date::toInstant));
    codecs.put(
        LocalDateTime.class,
        SimpleCodec.via(
            INSTANT,
            time -> LocalDateTime.ofInstant(time, ZoneOffset.UTC),
            time -> time.toInstant(ZoneOffset.UTC)));
    codecs.put(OffsetDateTime.class, OFFSET_DATE_TIME);
    codecs.put(
        ZonedDateTime.class,
        SimpleCodec.via(
            OFFSET_DATE_TIME, OffsetDateTime::toZonedDateTime, ZonedDateTime::toOffsetDateTime));
    codecs.put(
        LocalDate.class,
        SimpleCodec.via(
            ScalarCodecs.INT,
            day -> LocalDate.ofEpochDay(day - DAYS_TO_EPOCH),
            date -> Math.toIntExact(date.toEpochDay() + DAYS_TO_EPOCH)));
    codecs.put(
        LocalTime.class,
        new SimpleCodec<>(
            in -> LocalTime.ofNanoOfDay(in.readInteger(0, TICKS_PER_DAY - 1) * NANOS_PER_TICK),
            (out, time) -> out.writeLong(time.toNanoOfDay() / NANOS_PER_TICK)));
    codecs.put(
        Duration.class,
        SimpleCodec.via(ScalarCodecs.LONG, TimeCodecs::fromTicks, TimeCodecs::toTicks));
  }

  private static Duration fromTicks(long ticks) {
    return Duration.ofSeconds(
        Math.floorDiv(ticks, TICKS_PER_SECOND),
        (long) Math.floorMod(ticks, TICKS_PER_SECOND) * NANOS_PER_TICK);
  }

  private static long toTicks(Duration duration) {
    long seconds = duration.getSeconds();
    int ticks = duration.getNano() / NANOS_PER_TICK;
    if (seconds < 0 && ticks > 0) {
      // Both parts of one sign: else the seconds of the lowest number of ticks would be too many.
      seconds++;
      ticks -= TICKS_PER_SECOND;
    }
    return Math.addExact(Math.multiplyExact(seconds, TICKS_PER_SECOND), ticks);
  }

  private static OffsetDateTime readOffset(MessagePackReader in) {
    int count = in.readArrayHeader();
    if (count != 2) {
      throw MessagePackException.invalid("A time with an offset has two elements.");
    }
    LocalDateTime time = LocalDateTime.ofInstant(in.readTimestamp(), ZoneOffset.UTC);
    int minutes = (int) in.readInteger(Short.MIN_VALUE, Short.MAX_VALUE);
    return time.atOffset(ZoneOffset.ofTotalSeconds(minutes * SECONDS_PER_MINUTE));
  }

  /** Writes what the clock there shows as if it were in UTC, and the minutes it differs from it. */
  private static void writeOffset(MessagePackWriter out, OffsetDateTime time) {
    int minutes = time.getOffset().getTotalSeconds() / SECONDS_PER_MINUTE;
    ZoneOffset offset = ZoneOffset.ofTotalSeconds(minutes * SECONDS_PER_MINUTE);
    LocalDateTime clock = time.withOffsetSameInstant(offset).toLocalDateTime();
    out.writeArrayHeader(2);
    out.writeTimestamp(clock.toInstant(ZoneOffset.UTC));
    out.writeLong(minutes);
  }
}
