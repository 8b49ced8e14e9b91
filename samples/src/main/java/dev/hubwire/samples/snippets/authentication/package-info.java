/** The snippets of {@code docs/authentication.md}. */
@NullMarked
package dev.hubwire.samples.snippets.authentication;

import org.jspecify.annotations.NullMarked;
