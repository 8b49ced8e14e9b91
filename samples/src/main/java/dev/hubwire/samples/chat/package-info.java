/** A chat with rooms: what {@code bin/demo} serves, and what a reader copies from. */
@NullMarked
package dev.hubwire.samples.chat;

import org.jspecify.annotations.NullMarked;
