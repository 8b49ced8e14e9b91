/** The snippets of {@code docs/backplane.md}. */
@NullMarked
package dev.hubwire.samples.snippets.backplane;

import org.jspecify.annotations.NullMarked;
