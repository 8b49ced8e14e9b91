package dev.hubwire.transport;

import dev.hubwire.negotiation.token.ConnectionId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Newer credentials that a client showed for a connection which it has ({@code
 * docs/protocol/net11-additions.md} §1.1).
 *
 * @param request the one that showed them: to {@code {path}/refresh}, a poll, or a WebSocket that
 *     comes back
 * @param connectionId the public id of the connection
 * @param previousUser whom the connection belongs to so far, or null for nobody, and for a
 *     connection without a transport
 * @param newUser the same user by newer credentials, or null for nobody
 * @param newExpiration when the new authentication ends on this server, or null for never
 */
public record AuthenticationRefresh(
    ConnectionRequest request,
    ConnectionId connectionId,
    @Nullable User previousUser,
    @Nullable User newUser,
    @Nullable Instant newExpiration) {}
