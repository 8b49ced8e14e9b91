package dev.hubwire.protocol;

/**
 * What a client sends first.
 *
 * @param protocol the name of the protocol it wants to speak, as it spelled it
 * @param version the version of that protocol
 */
public record HandshakeRequest(String protocol, int version) {}
