package dev.hubwire.hub;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names a method of a hub, or of a client's interface, for the wire. Without it the Java name is
 * used.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface HubMethod {
  /** The name on the wire; the Java name cannot be called then. */
  String value();
}
