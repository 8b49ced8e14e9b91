/**
 * What the documentation shows. A page's block {@code ```java NAME} is the region between {@code //
 * docs:NAME} and {@code // docs:end} of a file below, which the build compiles and {@code
 * DocsSnippetsTest} compares. Each page has a package of its own.
 */
@NullMarked
package dev.hubwire.samples.snippets;

import org.jspecify.annotations.NullMarked;
