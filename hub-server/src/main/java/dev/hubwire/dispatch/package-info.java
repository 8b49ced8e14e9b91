/**
 * Calls in: one hub connection's life, the method table, argument binding, the order of
 * invocations.
 */
@NullMarked
package dev.hubwire.dispatch;

import org.jspecify.annotations.NullMarked;
