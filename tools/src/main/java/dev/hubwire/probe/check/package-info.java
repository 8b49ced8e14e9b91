/** What can be wrong between clients and a hub, one class for each. */
@NullMarked
package dev.hubwire.probe.check;

import org.jspecify.annotations.NullMarked;
