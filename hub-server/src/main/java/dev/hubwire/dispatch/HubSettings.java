package dev.hubwire.dispatch;

import dev.hubwire.reconnect.ReconnectLimits;
import dev.hubwire.transport.User;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a hub's connections go by. Values are checked where they are set, by the server's options.
 *
 * @param maxMessageBytes limit of a received record, framing included; 0 for none
 * @param maxReceivedBytes bytes of received messages that may wait before reading pauses
 * @param parallelInvocations how many invocations of one connection may run at a time
 * @param detailedErrors whether clients see what went wrong inside
 * @param userId by which id a user is addressed, or null for not at all
 * @param streams the bounds of calls that stream
 * @param reconnect what is kept for clients that may re-attach
 */
public record HubSettings(
    Duration keepAlive,
    Duration clientTimeout,
    Duration handshakeTimeout,
    int maxMessageBytes,
    int maxReceivedBytes,
    int parallelInvocations,
    boolean detailedErrors,
    Function<User, @Nullable String> userId,
    StreamLimits streams,
    ReconnectLimits reconnect) {

  /**
   * @param bufferCapacity items of an upload that may wait before reading pauses
   * @param maxCalls how many calls of one connection may stream at a time, in either direction
   */
  public record StreamLimits(int bufferCapacity, int maxCalls) {}
}
