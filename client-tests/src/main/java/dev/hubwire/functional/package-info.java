/**
 * The functional application: the hubs and endpoints that the official clients' own functional
 * tests are written for, down to its error texts, cookies and redirects.
 */
@NullMarked
package dev.hubwire.functional;

import org.jspecify.annotations.NullMarked;
