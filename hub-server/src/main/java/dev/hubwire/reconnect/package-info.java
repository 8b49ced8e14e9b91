/**
 * Stateful reconnect: messages are numbered, kept until the client has acknowledged them, and sent
 * again when it comes back over a new socket.
 */
@NullMarked
package dev.hubwire.reconnect;

import org.jspecify.annotations.NullMarked;
