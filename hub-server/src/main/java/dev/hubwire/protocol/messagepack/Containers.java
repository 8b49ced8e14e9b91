package dev.hubwire.protocol.messagepack;

import java.lang.reflect.Constructor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes empty collections and maps of the types that parameters and members are declared as. */
final class Containers {
  /** The first that is of the declared type is taken. */
  private static final List<Supplier<Collection<@Nullable Object>>> COLLECTIONS =
      List.of(ArrayList::new, LinkedHashSet::new, TreeSet::new, ArrayDeque::new);

  private static final List<Supplier<Map<Object, @Nullable Object>>> MAPS =
      List.of(LinkedHashMap::new, TreeMap::new, ConcurrentSkipListMap::new);

  private Containers() {}

  static Supplier<? extends Collection<@Nullable Object>> collections(
      Class<?> type, Class<?> element) {
    if (EnumSet.class.isAssignableFrom(type)) {
      return () -> enumSet(element);
    }
    return suppliers(type, COLLECTIONS);
  }

  static Supplier<? extends Map<Object, @Nullable Object>> maps(Class<?> type, Class<?> key) {
    if (EnumMap.class.isAssignableFrom(type)) {
      return () -> enumMap(key);
    }
    return suppliers(type, MAPS);
  }

  // The element's codec makes constants of this class only.
  @SuppressWarnings({"unchecked", "rawtypes"})
  private static Collection<@Nullable Object> enumSet(Class<?> element) {
    return (Collection) EnumSet.noneOf((Class<Enum>) element);
  }

  // The key's codec makes constants of this class only.
  @SuppressWarnings({"unchecked", "rawtypes"})
  private static Map<Object, @Nullable Object> enumMap(Class<?> key) {
    return new EnumMap((Class<Enum>) key);
  }

  // Only asked for collections where the type is one, and for maps likewise.
  @SuppressWarnings("unchecked")
  private static <T> Supplier<T> suppliers(Class<?> type, List<Supplier<T>> usual) {
    for (Supplier<T> candidate : usual) {
      if (type.isInstance(candidate.get())) {
        return candidate;
      }
    }
    return () -> (T) make(type);
  }

  private static Object make(Class<?> type) {
    try {
      Constructor<?> constructor = type.getDeclaredConstructor();
      constructor.trySetAccessible();
      return constructor.newInstance();
    } catch (ReflectiveOperationException e) {
      throw ValueCodecs.notReadable(type);
    }
  }
}
