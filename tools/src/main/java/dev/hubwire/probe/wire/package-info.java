/** A small client of hubs that says what happened to each request instead of working around it. */
@NullMarked
package dev.hubwire.probe.wire;

import org.jspecify.annotations.NullMarked;
