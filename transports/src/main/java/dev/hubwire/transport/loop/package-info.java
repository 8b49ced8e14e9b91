/**
 * One loop per IO thread: its connections, its read and write buffers, its inbox and its flush
 * pass.
 */
@NullMarked
package dev.hubwire.transport.loop;

import org.jspecify.annotations.NullMarked;
