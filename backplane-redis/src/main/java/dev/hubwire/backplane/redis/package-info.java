/**
 * The hubs of several servers joined by Redis, on the channels and in the encoding of ASP.NET Core
 * SignalR ({@code docs/protocol/backplane.md}), so that servers of both kinds may share one Redis.
 */
@NullMarked
package dev.hubwire.backplane.redis;

import org.jspecify.annotations.NullMarked;
