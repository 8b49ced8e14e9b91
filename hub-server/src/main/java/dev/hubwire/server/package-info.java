/**
 * Building and running a hub server: options and wiring. The one package that knows every other.
 */
@NullMarked
package dev.hubwire.server;

import org.jspecify.annotations.NullMarked;
