/** What {@code docs/stateful-reconnect.md} shows. */
@NullMarked
package dev.hubwire.samples.snippets.reconnect;

import org.jspecify.annotations.NullMarked;
