/** Pooled direct memory and its leak detector. */
@NullMarked
package dev.hubwire.transport.buffer;

import org.jspecify.annotations.NullMarked;
