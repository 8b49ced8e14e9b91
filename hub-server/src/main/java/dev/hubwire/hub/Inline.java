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
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Inline {}
