/**
 * What the transports over plain HTTP requests share: receiving by POST, and noticing a client that
 * left.
 */
@NullMarked
package dev.hubwire.transport.http;

import org.jspecify.annotations.NullMarked;
