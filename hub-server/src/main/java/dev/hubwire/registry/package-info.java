/**
 * Calls out: who is connected, groups and users, kept per lane so that a fan-out visits each IO
 * thread once.
 */
@NullMarked
package dev.hubwire.registry;

import org.jspecify.annotations.NullMarked;
