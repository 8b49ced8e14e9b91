package dev.hubwire.conformance;

import org.jspecify.annotations.Nullable;

/**
 * Who a connection is.
 *
 * @param userIdentifier null for a connection without a user
 * @param transport the transport's name on the wire
 * @param node the server's name
 */
public record Identity(
    String connectionId, @Nullable String userIdentifier, String transport, String node) {}
