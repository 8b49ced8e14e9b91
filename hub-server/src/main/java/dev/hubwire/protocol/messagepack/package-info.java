/** The hub protocol in MessagePack. */
@NullMarked
package dev.hubwire.protocol.messagepack;

import org.jspecify.annotations.NullMarked;
