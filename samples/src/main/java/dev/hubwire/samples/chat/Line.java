package dev.hubwire.samples.chat;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What stands in a room's log.
 *
 * @param number counts the lines of a room, so that a newcomer can tell which of them the log it
 *     got has already
 * @param user who said it, or null for a notice of the room itself
 */
public record Line(long number, @Nullable String user, String text, Instant at) {}
