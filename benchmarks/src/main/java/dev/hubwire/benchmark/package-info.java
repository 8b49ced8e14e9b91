/**
 * JMH benchmarks of what every message passes. One that measures a class of a single package lies
 * in that package.
 */
@NullMarked
package dev.hubwire.benchmark;

import org.jspecify.annotations.NullMarked;
