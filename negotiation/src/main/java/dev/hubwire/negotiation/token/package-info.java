/** Connection ids and connection tokens: two types, never two bare strings. */
@NullMarked
package dev.hubwire.negotiation.token;

import org.jspecify.annotations.NullMarked;
