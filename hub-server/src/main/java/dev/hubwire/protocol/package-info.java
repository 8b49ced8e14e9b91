/** The messages of the hub protocol, the handshake, and what a protocol has to do. */
@NullMarked
package dev.hubwire.protocol;

import org.jspecify.annotations.NullMarked;
