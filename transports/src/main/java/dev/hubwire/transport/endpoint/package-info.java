/** HTTP in front of the transports: which request does what, and every exact status line. */
@NullMarked
package dev.hubwire.transport.endpoint;

import org.jspecify.annotations.NullMarked;
