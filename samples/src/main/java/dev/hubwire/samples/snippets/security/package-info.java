/** The snippets of {@code docs/security.md}. */
@NullMarked
package dev.hubwire.samples.snippets.security;

import org.jspecify.annotations.NullMarked;
