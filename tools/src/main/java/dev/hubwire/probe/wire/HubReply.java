package dev.hubwire.probe.wire;

import java.time.Duration;

/** What became of something that a hub has to answer. */
public sealed interface HubReply {
  /**
   * The answer is there.
   *
   * @param took since it was asked for
   */
  record Answered(Duration took) implements HubReply {}

  /**
   * The hub itself refused, or closed the connection with a message.
   *
   * @param error its words, or that it gave none
   */
  record Refused(String error) implements HubReply {}

  /**
   * The link ended before an answer came.
   *
   * @param how for people
   */
  record Ended(String how) implements HubReply {}

  /** The link is there, and nothing comes. */
  record Silent() implements HubReply {}
}
