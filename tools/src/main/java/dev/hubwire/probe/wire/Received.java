package dev.hubwire.probe.wire;

import java.nio.ByteBuffer;

/** What came over a link, or did not. */
public sealed interface Received {
  /**
   * @param bytes read-only
   */
  record Data(ByteBuffer bytes) implements Received {}

  /**
   * The link is over.
   *
   * @param how for people
   */
  record Ended(String how) implements Received {}

  /** Nothing came in time. */
  record Nothing() implements Received {}
}
