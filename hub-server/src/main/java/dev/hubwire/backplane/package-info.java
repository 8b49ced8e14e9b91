/** The seam between servers: addressed messages, and the local default that has no other server. */
@NullMarked
package dev.hubwire.backplane;

import org.jspecify.annotations.NullMarked;
