/** The snippets of {@code docs/deployment}. */
@NullMarked
package dev.hubwire.samples.snippets.deployment;

import org.jspecify.annotations.NullMarked;
