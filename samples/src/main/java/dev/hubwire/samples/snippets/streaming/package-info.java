/** The snippets of {@code docs/streaming.md}. */
@NullMarked
package dev.hubwire.samples.snippets.streaming;

import org.jspecify.annotations.NullMarked;
