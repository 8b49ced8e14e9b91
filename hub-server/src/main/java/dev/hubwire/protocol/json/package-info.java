/** The hub protocol named json. */
@NullMarked
package dev.hubwire.protocol.json;

import org.jspecify.annotations.NullMarked;
