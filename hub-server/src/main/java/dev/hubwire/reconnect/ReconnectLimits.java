package dev.hubwire.reconnect;

import dev.hubwire.transport.SlowConsumerPolicy;

/**
 * What is kept for a client that may come back. Values are checked where they are set.
 *
 * @param bufferBytes messages sent and not acknowledged, past which {@code policy} decides
 */
public record ReconnectLimits(int bufferBytes, SlowConsumerPolicy policy) {}
