/** RFC 6455 over an upgraded connection: handshake, frames, closing. */
@NullMarked
package dev.hubwire.transport.websocket;

import org.jspecify.annotations.NullMarked;
