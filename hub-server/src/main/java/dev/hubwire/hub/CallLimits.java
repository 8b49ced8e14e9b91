package dev.hubwire.hub;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What the calls of one hub method may use up; 0 is no limit. A call past a limit is answered with
 * an error that says which. An overriding method keeps the limits of the one that it overrides
 * unless it has an annotation of its own.
 *
 * <p>Limits go for one hub at one path on one server: what other nodes do does not count.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface CallLimits {
  /**
   * How many calls of the method may run at a time, those of all connections together; one that
   * streams runs until its stream has ended. Calls that wait for their turn do not count.
   */
  int parallel() default 0;

  /**
   * How many calls of the method one connection may make in a second. What was not used is saved up
   * for one second: as many can come at once, and then again as time passes. Calls that are refused
   * do not count.
   */
  int ratePerSecond() default 0;

  /** The longest message that may call the method, in bytes with its framing. */
  int maxBytes() default 0;

  /**
   * Milliseconds from when the method, or its first filter, starts until its answer is there, what
   * its stage completes with included; not for methods that return streams. A late call is answered
   * with an error, its {@link Cancellation} is cancelled, and what the method gives after that is
   * dropped. A method that goes on regardless keeps its place in the order of its connection.
   */
  long timeoutMillis() default 0;

  /** Whether the thread of a late call is interrupted. */
  boolean interrupt() default false;
}
