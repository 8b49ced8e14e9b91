/**
 * The seam between connections and what runs on them: bytes below, hubs or raw handlers above. No
 * type of the IO library appears here.
 */
@NullMarked
package dev.hubwire.transport;

import org.jspecify.annotations.NullMarked;
