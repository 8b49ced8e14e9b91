/** Server-sent events: an endless response to the client. */
@NullMarked
package dev.hubwire.transport.sse;

import org.jspecify.annotations.NullMarked;
