package dev.hubwire.transport.endpoint;

import dev.hubwire.transport.ConnectionHandler;
import dev.hubwire.transport.ConnectionRequest;
import dev.hubwire.transport.TransportOptions;
import dev.hubwire.transport.session.Session;

/**
 * A transport request that may carry its session: all checks are done.
 *
 * @param session bound to the transport of this request
 * @param first whether this request is the first of its session. If not, it takes over from an
 *     earlier one: the next poll, or a stateful WebSocket that comes back
 * @param request with the user of this request
 * @param handler what runs on the connection; to be asked for the first request only
 */
public record Attachment(
    Session session,
    boolean first,
    ConnectionRequest request,
    ConnectionHandler handler,
    TransportOptions options) {}
