/**
 * The conformance application: one set of hubs and endpoints that every official client, load tool
 * and recorded exchange can be played against, on this server and on others that serve the same.
 */
@NullMarked
package dev.hubwire.conformance;

import org.jspecify.annotations.NullMarked;
