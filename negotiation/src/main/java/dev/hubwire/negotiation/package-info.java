/** Negotiation: which transports an endpoint offers, and the ids a connection gets. */
@NullMarked
package dev.hubwire.negotiation;

import org.jspecify.annotations.NullMarked;
