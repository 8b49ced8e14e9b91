/** Long polling: requests that wait for something to answer with. */
@NullMarked
package dev.hubwire.transport.longpoll;

import org.jspecify.annotations.NullMarked;
