package dev.hubwire.hub;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The method promises not to block, and runs on the IO thread of its connection when nothing else
 * of that connection runs. It saves two thread switches a call; a method that breaks the promise
 * stops every connection of that thread meanwhile.
 *
 * <p>A method with something around it that may block runs on a virtual thread all the same: with
 * filters, services or {@linkplain CallLimits limits}, in a hub that is made of services or to be
 * closed, or with a {@link HubObserver}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Inline {}
