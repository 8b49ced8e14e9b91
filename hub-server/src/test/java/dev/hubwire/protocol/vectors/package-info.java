/** The recorded messages every protocol is held to, and the hub they were recorded with. */
@NullMarked
package dev.hubwire.protocol.vectors;

import org.jspecify.annotations.NullMarked;
