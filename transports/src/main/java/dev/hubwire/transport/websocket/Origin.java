package dev.hubwire.transport.websocket;

import dev.hubwire.negotiation.token.ConnectionId;
import dev.hubwire.transport.CloseReason;
import dev.hubwire.transport.ConnectionRequest;
import dev.hubwire.transport.TransportOptions;
import dev.hubwire.transport.loop.IoLoop;
import java.util.function.Consumer;

/**
 * Who a {@link ReattachableConnection} is, and what it lives on.
 *
 * @param request the one that brought its first socket
 * @param loop that of the first socket
 * @param disconnectTimeoutNanos how long it may be without a socket
 * @param whenOver called once, on the loop, when nothing of it is left, with why it ended
 */
record Origin(
    ConnectionId id,
    ConnectionRequest request,
    TransportOptions options,
    IoLoop loop,
    long disconnectTimeoutNanos,
    Consumer<CloseReason> whenOver) {}
