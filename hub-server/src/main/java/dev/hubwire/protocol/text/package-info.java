/**
 * JSON text as bytes, read and written the way the reference server does it: what the handshake and
 * the protocol named json share. Knows nothing of hubs.
 */
@NullMarked
package dev.hubwire.protocol.text;

import org.jspecify.annotations.NullMarked;
