/** Findings for people and for programs. */
@NullMarked
package dev.hubwire.probe.report;

import org.jspecify.annotations.NullMarked;
