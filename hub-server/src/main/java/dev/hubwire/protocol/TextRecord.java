package dev.hubwire.protocol;

import dev.hubwire.protocol.text.EightBytes;

/**
 * A record of JSON text ends with one byte that can be nowhere else in JSON ({@code
 * docs/protocol/hub-protocol.md} §1.1).
 */
public final class TextRecord {
  /** The last byte of each record. */
  public static final byte SEPARATOR = 0x1E;

  private TextRecord() {}

  /** As {@link HubProtocol#recordEnd}. */
  public static int end(byte[] bytes, int scanned, int end) {
    int separator = EightBytes.indexOf(bytes, SEPARATOR, scanned, end);
    return separator < 0 ? -1 : separator + 1;
  }
}
