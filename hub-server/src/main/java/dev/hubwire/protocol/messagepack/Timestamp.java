package dev.hubwire.protocol.messagepack;

/** How the extension for timestamps is cut ({@code docs/protocol/hub-protocol.md} §5.6). */
final class Timestamp {
  /** Seconds that the form of 32 bits holds, without a fraction. */
  static final long MAX_SECONDS_32 = (1L << Integer.SIZE) - 1;

  /** In the form of 64 bits, the seconds are below the nanoseconds. */
  static final int SECONDS_BITS_64 = 34;

  static final long MAX_SECONDS_64 = (1L << SECONDS_BITS_64) - 1;

  private Timestamp() {}
}
