/** The snippets of {@code docs/client-results.md}. */
@NullMarked
package dev.hubwire.samples.snippets.results;

import org.jspecify.annotations.NullMarked;
