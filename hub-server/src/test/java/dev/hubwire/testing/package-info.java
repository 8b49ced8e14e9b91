/** Stand-ins for the layers below, run by hand. */
@NullMarked
package dev.hubwire.testing;

import org.jspecify.annotations.NullMarked;
