/** Nodes that serve the same hubs, and requests that come to the wrong one of them. */
@NullMarked
package dev.hubwire.cluster;

import org.jspecify.annotations.NullMarked;
