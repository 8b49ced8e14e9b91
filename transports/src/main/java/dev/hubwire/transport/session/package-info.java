/** The connection table: pending negotiations, live connections, drain. */
@NullMarked
package dev.hubwire.transport.session;

import org.jspecify.annotations.NullMarked;
