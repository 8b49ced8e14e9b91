/** The command line: what is asked for, and how a run of the checks ends. */
@NullMarked
package dev.hubwire.probe;

import org.jspecify.annotations.NullMarked;
