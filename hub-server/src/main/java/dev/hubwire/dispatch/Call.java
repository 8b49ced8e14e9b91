package dev.hubwire.dispatch;

import dev.hubwire.protocol.HubMessage;

/**
 * One invocation that was read, bound and allowed, and has not been run.
 *
 * @param wireBytes its size on the wire, by which waiting calls are bounded
 */
record Call(
    HubConnection connection,
    HubMessage.Invocation message,
    HubMethodDescriptor method,
    int wireBytes) {}
