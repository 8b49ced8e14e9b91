package dev.hubwire.hub;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The number that says, in MessagePack, that a value of a sealed type is of this class: what {@code
 * [Union(key, type)]} says to the .NET library. Without it that is the place of the class among
 * those that the sealed type permits, from 0.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface UnionKey {
  /** Another one for each class of a sealed type. */
  int value();
}
