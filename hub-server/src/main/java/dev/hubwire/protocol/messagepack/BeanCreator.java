package dev.hubwire.protocol.messagepack;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.introspect.AnnotatedWithParams;
import tools.jackson.databind.util.ClassUtil;

/**
 * Makes beans of one class by a constructor or a factory method, if it has one that can be used.
 */
final class BeanCreator {
  private final Class<?> type;
  private final @Nullable AnnotatedWithParams creator;
  private final @Nullable Object[] defaults;

  BeanCreator(Class<?> type, @Nullable AnnotatedWithParams creator) {
    this.type = type;
    this.creator = creator;
    this.defaults = new @Nullable Object[creator == null ? 0 : creator.getParameterCount()];
    if (creator != null) {
      creator.fixAccess(false);
      for (int i = 0; i < defaults.length; i++) {
        Class<?> parameter = creator.getRawParameterType(i);
        defaults[i] = parameter.isPrimitive() ? ClassUtil.defaultValue(parameter) : null;
      }
    }
  }

  /** Arguments that are zero or null, for the caller to fill in. */
  @Nullable Object[] defaults() {
    return defaults.clone();
  }

  Object make(@Nullable Object[] arguments) {
    if (creator == null) {
      throw ValueCodecs.notReadable(type);
    }
    try {
      return creator.call(arguments);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalArgumentException("cannot make a " + type.getName(), e);
    }
  }
}
