/** The snippets of {@code docs/hubs.md}. */
@NullMarked
package dev.hubwire.samples.snippets.hubs;

import org.jspecify.annotations.NullMarked;
