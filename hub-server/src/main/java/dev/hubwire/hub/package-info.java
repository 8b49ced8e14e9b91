/** What applications write against: hubs, clients, groups, the caller. */
@NullMarked
package dev.hubwire.hub;

import org.jspecify.annotations.NullMarked;
