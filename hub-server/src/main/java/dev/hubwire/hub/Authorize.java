package dev.hubwire.hub;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Who may use a hub or one of its methods. On the class it guards every request to the hub's
 * endpoints, answered with 401 or 403; on a method it guards each call, answered with an error that
 * names the method.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface Authorize {
  /** Roles of which the user needs one; none means any authenticated user. */
  String[] roles() default {};

  /**
   * The name of a policy that has to permit the user, too; empty for none. Policies are given to
   * the server when it is built, which fails without one of this name.
   */
  String policy() default "";
}
