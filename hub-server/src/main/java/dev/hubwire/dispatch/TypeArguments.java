package dev.hubwire.dispatch;

import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a type says about the type variables of everything it extends: {@code ChatHub extends
 * Base<String>} binds the variable of {@code Base}. A variable that a raw type leaves open stays a
 * variable.
 */
final class TypeArguments {
  private final Map<TypeVariable<?>, Type> bindings = new HashMap<>();

  private TypeArguments() {}

  static TypeArguments of(Type type) {
    TypeArguments result = new TypeArguments();
    result.collect(type);
    return result;
  }

  /** The type with every variable that is bound replaced. */
  Type resolve(Type type) {
    return switch (type) {
      case TypeVariable<?> variable -> bindings.getOrDefault(variable, variable);
      case ParameterizedType parameterized -> resolve(parameterized);
      case GenericArrayType array -> arrayOf(resolve(array.getGenericComponentType()));
      default -> type;
    };
  }

  /** The class that is left of a type at run time. */
  static Class<?> erase(Type type) {
    return switch (type) {
      case Class<?> c -> c;
      case ParameterizedType parameterized -> (Class<?>) parameterized.getRawType();
      case GenericArrayType array -> erase(array.getGenericComponentType()).arrayType();
      case TypeVariable<?> variable -> erase(variable.getBounds()[0]);
      case WildcardType wildcard -> erase(wildcard.getUpperBounds()[0]);
      default -> throw new IllegalArgumentException(type + " (expected: a type of the language)");
    };
  }

  private void collect(@Nullable Type type) {
    if (type == null) {
      return;
    }
    Class<?> erased = erase(type);
    if (type instanceof ParameterizedType parameterized) {
      Type[] arguments = parameterized.getActualTypeArguments();
      TypeVariable<?>[] variables = erased.getTypeParameters();
      for (int i = 0; i < variables.length; i++) {
        bindings.put(variables[i], resolve(arguments[i]));
      }
    }
    collect(erased.getGenericSuperclass());
    for (Type parent : erased.getGenericInterfaces()) {
      collect(parent);
    }
  }

  private Type resolve(ParameterizedType type) {
    Type[] declared = type.getActualTypeArguments();
    Type[] resolved = new Type[declared.length];
    for (int i = 0; i < declared.length; i++) {
      resolved[i] = resolve(declared[i]);
    }
    return Arrays.equals(declared, resolved)
        ? type
        : new Resolved(type.getOwnerType(), (Class<?>) type.getRawType(), resolved);
  }

  private static Type arrayOf(Type component) {
    return component instanceof Class<?> c ? c.arrayType() : new ResolvedArray(component);
  }

  /** A parameterized type that no source file spells out. */
  private static final class Resolved implements ParameterizedType {
    private final @Nullable Type owner;
    private final Class<?> erased;
    private final Type[] arguments;

    Resolved(@Nullable Type owner, Class<?> erased, Type[] arguments) {
      this.owner = owner;
      this.erased = erased;
      this.arguments = arguments;
    }

    @Override
    public Type[] getActualTypeArguments() {
      return arguments.clone();
    }

    @Override
    public Type getRawType() {
      return erased;
    }

    @Override
    public @Nullable Type getOwnerType() {
      return owner;
    }

    /** Equal to every implementation of the same type, as the interface demands. */
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof ParameterizedType type
          && erased.equals(type.getRawType())
          && Objects.equals(owner, type.getOwnerType())
          && Arrays.equals(arguments, type.getActualTypeArguments());
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(arguments) ^ Objects.hashCode(owner) ^ erased.hashCode();
    }

    @Override
    public String toString() {
      StringBuilder text = new StringBuilder(erased.getName()).append('<');
      for (int i = 0; i < arguments.length; i++) {
        text.append(i == 0 ? "" : ", ").append(arguments[i].getTypeName());
      }
      return text.append('>').toString();
    }
  }

  private record ResolvedArray(Type component) implements GenericArrayType {
    @Override
    public Type getGenericComponentType() {
      return component;
    }

    @Override
    public String toString() {
      return component.getTypeName() + "[]";
    }
  }
}
