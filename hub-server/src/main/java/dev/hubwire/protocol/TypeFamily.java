package dev.hubwire.protocol;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.hubwire.hub.UnionKey;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The classes that a value may be of whose type leaves that open: what a sealed type permits, or
 * what Jackson's {@code @JsonSubTypes} lists. On the wire a value tells its class, by a name in
 * JSON and by a key in MessagePack.
 *
 * <p>A sealed type is no family if one of its classes can be extended by anybody, is an enum, or is
 * another value by {@code @JsonValue}: then a class has no name, or a value no place for it. Nor is
 * one with {@code @JsonTypeInfo(use = NONE)}.
 *
 * @param root the type that leaves it open
 * @param members in the order of declaration
 */
public record TypeFamily(Class<?> root, List<Member> members) {
  /** A class of a family, and what tells it. */
  public record Member(Class<?> type, String name, int key) {}

  /**
   * @throws IllegalArgumentException if a name or a key tells two classes
   */
  public TypeFamily {
    members = List.copyOf(members);
    Set<Object> taken = new HashSet<>();
    for (Member member : members) {
      if (!taken.add(member.name) || !taken.add(member.key)) {
        throw new IllegalArgumentException(
            root.getName()
                + ": "
                + member
                + " is told like another class (expected: a @JsonTypeName and a @UnionKey of its"
                + " own)");
      }
    }
  }

  /** The family of a type that leaves it open, or null if this type does not. */
  public static @Nullable TypeFamily of(Class<?> type) {
    if (isOfThePlatform(type)) {
      return null;
    }
    JsonTypeInfo info = type.getAnnotation(JsonTypeInfo.class);
    if (info != null && info.use() == JsonTypeInfo.Id.NONE) {
      return null;
    }
    JsonSubTypes listed = type.getAnnotation(JsonSubTypes.class);
    if (listed != null) {
      return listed(type, listed.value());
    }
    Set<Class<?>> permitted = new LinkedHashSet<>();
    return type.isSealed() && collect(type, permitted) ? permitted(type, permitted) : null;
  }

  /** The widest family that a class belongs to, or null if there is none. */
  public static @Nullable TypeFamily containing(Class<?> type) {
    if (isOfThePlatform(type)) {
      return null;
    }
    for (Class<?> parent : parents(type)) {
      TypeFamily family = containing(parent);
      if (family != null) {
        return family;
      }
    }
    return of(type);
  }

  /** What the JDK's own sealed types permit is not meant for a wire. */
  private static boolean isOfThePlatform(Class<?> type) {
    ClassLoader loader = type.getClassLoader();
    return loader == null || loader.equals(ClassLoader.getPlatformClassLoader());
  }

  private static List<Class<?>> parents(Class<?> type) {
    List<Class<?>> parents = new ArrayList<>();
    if (type.getSuperclass() != null) {
      parents.add(type.getSuperclass());
    }
    parents.addAll(Arrays.asList(type.getInterfaces()));
    return parents;
  }

  /** What a value of this class is told by, or null if the family has no such class. */
  public @Nullable Member member(Class<?> type) {
    for (Class<?> known = type; known != null; known = known.getSuperclass()) {
      for (Member member : members) {
        if (member.type.equals(known)) {
          return member;
        }
      }
    }
    return null;
  }

  private static TypeFamily listed(Class<?> root, JsonSubTypes.Type[] types) {
    List<Member> members = new ArrayList<>();
    for (JsonSubTypes.Type type : types) {
      String name = type.name().isEmpty() ? name(type.value()) : type.name();
      members.add(new Member(type.value(), name, key(type.value(), members.size())));
    }
    return new TypeFamily(root, members);
  }

  private static TypeFamily permitted(Class<?> root, Set<Class<?>> types) {
    List<Member> members = new ArrayList<>();
    for (Class<?> type : types) {
      members.add(new Member(type, name(type), key(type, members.size())));
    }
    return new TypeFamily(root, members);
  }

  /** Returns false if the classes are open, or one of them could not tell what it is. */
  private static boolean collect(Class<?> type, Set<Class<?>> found) {
    if (type.isEnum() || isOtherValue(type)) {
      return false;
    }
    if (!Modifier.isAbstract(type.getModifiers())) {
      found.add(type);
    } else if (!type.isSealed()) {
      return false;
    }
    return !type.isSealed()
        || Stream.of(type.getPermittedSubclasses())
            .allMatch(permitted -> collect(permitted, found));
  }

  private static boolean isOtherValue(Class<?> type) {
    return Stream.<AccessibleObject>concat(
            Stream.of(type.getDeclaredMethods()), Stream.of(type.getDeclaredFields()))
        .anyMatch(member -> member.isAnnotationPresent(JsonValue.class));
  }

  private static String name(Class<?> type) {
    JsonTypeName named = type.getAnnotation(JsonTypeName.class);
    return named == null || named.value().isEmpty() ? type.getSimpleName() : named.value();
  }

  private static int key(Class<?> type, int place) {
    UnionKey key = type.getAnnotation(UnionKey.class);
    return key == null ? place : key.value();
  }
}
