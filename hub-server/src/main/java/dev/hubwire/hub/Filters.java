package dev.hubwire.hub;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Filters around one method of a hub, inside those of the server and of the hub. An overriding
 * method keeps those of the one that it overrides unless it has an annotation of its own.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Filters {
  /**
   * From the outermost to the innermost. Each is made for each call: from the services, if they
   * provide it; else by its only public constructor, and closed after the call if it is {@link
   * AutoCloseable}.
   */
  Class<? extends HubFilter>[] value();
}
