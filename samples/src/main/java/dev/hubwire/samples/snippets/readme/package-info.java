/** The snippets of {@code README.md}. */
@NullMarked
package dev.hubwire.samples.snippets.readme;

import org.jspecify.annotations.NullMarked;
