package dev.hubwire.protocol.messagepack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.collection;

import java.lang.reflect.Type;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.SortedSet;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.core.type.TypeReference;

/** Arrays, collections and maps. */
final class CompositeValuesTest {
  enum Side {
    LEFT,
    RIGHT
  }

  /** Says an element more than it has, as if another thread took one. */
  private static final class Shrinking extends ArrayList<Integer> {
    private static final long serialVersionUID = 1L;

    @Override
    public int size() {
      return super.size() + 1;
    }
  }

  private final Values values = new Values();

  private static <T> Type type(TypeReference<T> reference) {
    return reference.getType();
  }

  @Test
  void arraysOfPrimitivesAreArrays() {
    assertThat(values.hex(new int[] {1, -1})).isEqualTo("9201ff");
    assertThat(values.hex(new char[] {'a'})).isEqualTo("9161");
    assertThat(values.hex(new boolean[] {true, false})).isEqualTo("92c3c2");
    assertThat(values.hex(new float[] {1.5f})).isEqualTo("91ca3fc00000");
    assertThat(values.again(new int[] {1, -1}, int[].class)).isEqualTo(new int[] {1, -1});
    assertThat(values.again(new long[] {1L << 40}, long[].class)).isEqualTo(new long[] {1L << 40});
    assertThat(values.again(new short[] {-300}, short[].class)).isEqualTo(new short[] {-300});
    assertThat(values.again(new char[] {'é'}, char[].class)).isEqualTo(new char[] {'é'});
    assertThat(values.again(new boolean[] {true}, boolean[].class)).isEqualTo(new boolean[] {true});
    assertThat(values.again(new float[] {1.5f}, float[].class)).isEqualTo(new float[] {1.5f});
    assertThat(values.again(new int[] {2}, double[].class)).isEqualTo(new double[] {2});
    assertThat(values.read("c0", int[].class)).isNull();
    assertThatThrownBy(() -> values.read("91c0", int[].class))
        .isInstanceOf(MessagePackException.class);
  }

  @Test
  void arraysOfObjectsAreArrays() {
    @Nullable Integer[] withNull = {1, null};

    assertThat(values.hex(withNull)).isEqualTo("9201c0");
    assertThat(values.again(withNull, Integer[].class)).isEqualTo(withNull);
    assertThat(values.again(new int[][] {{1}, {}}, int[][].class)).isEqualTo(new int[][] {{1}, {}});
    assertThat(values.read("9201a161", Object[].class)).isEqualTo(new Object[] {1, "a"});
  }

  @Test
  void longArraysHaveLongerHeaders() {
    assertThat(values.hex(new int[15])).startsWith("9f00");
    assertThat(values.hex(new int[16])).startsWith("dc001000");
    assertThat(values.hex(new int[65_536])).startsWith("dd0001000000");
    assertThat(values.read("dd0000000105", int[].class)).isEqualTo(new int[] {5});
  }

  @Test
  void collectionsAreReadAsTheTypeThatIsAskedFor() {
    assertThat(values.read("9201c0", List.class)).isEqualTo(Arrays.asList(1, null));
    assertThat(values.read("9105", type(new TypeReference<Iterable<Long>>() {})))
        .isEqualTo(List.of(5L));
    assertThat(values.read("9105", type(new TypeReference<Collection<? extends Long>>() {})))
        .isEqualTo(List.of(5L));
    assertThat(values.read("920505", type(new TypeReference<Set<Long>>() {})))
        .isEqualTo(Set.of(5L));
    assertThat(values.read("920501", type(new TypeReference<SortedSet<Long>>() {})))
        .asInstanceOf(collection(Object.class))
        .containsExactly(1L, 5L);
    assertThat(values.read("9105", type(new TypeReference<Deque<Long>>() {})))
        .asInstanceOf(collection(Object.class))
        .containsExactly(5L);
    assertThat(values.read("9105", type(new TypeReference<CopyOnWriteArrayList<Long>>() {})))
        .isEqualTo(new CopyOnWriteArrayList<>(List.of(5L)));
    assertThat(values.read("91a44c454654", type(new TypeReference<EnumSet<Side>>() {})))
        .isEqualTo(EnumSet.of(Side.LEFT));
    assertThat(values.read("c0", List.class)).isNull();
  }

  @Test
  void anyCollectionCanBeWritten() {
    assertThat(values.hex(List.of(1, "a"))).isEqualTo("9201a161");
    assertThat(values.hex(EnumSet.of(Side.LEFT))).isEqualTo("91a44c454654");
    assertThat(values.hex(Map.of("a", 1).values())).isEqualTo("9101");
  }

  @Test
  void mapsHaveKeysOfTheirOwnType() {
    Map<Long, Object> numbers = new LinkedHashMap<>();
    numbers.put(1L, "a");
    numbers.put(-1L, List.of());

    assertThat(values.hex(numbers)).isEqualTo("8201a161ff90");
    assertThat(values.again(numbers, type(new TypeReference<Map<Long, Object>>() {})))
        .isEqualTo(numbers);
    assertThat(values.again(Map.of(Side.LEFT, 1), type(new TypeReference<Map<Side, Integer>>() {})))
        .isEqualTo(Map.of(Side.LEFT, 1));
    assertThat(values.read("81a44c45465401", type(new TypeReference<EnumMap<Side, Integer>>() {})))
        .isEqualTo(Map.of(Side.LEFT, 1));
    assertThat(values.read("8105c0", type(new TypeReference<NavigableMap<Integer, String>>() {})))
        .isInstanceOf(NavigableMap.class);
    assertThat(values.read("810506", type(new TypeReference<ConcurrentMap<Integer, Integer>>() {})))
        .isEqualTo(Map.of(5, 6));
    assertThat(values.read("81a16b05", type(new TypeReference<HashMap<String, Integer>>() {})))
        .isEqualTo(Map.of("k", 5));
  }

  @Test
  void mapsWithoutTypesHaveScalarKeys() {
    Map<Object, Object> map = new HashMap<>();
    map.put("a", List.of(1));
    map.put(1, Map.of(true, Instant.EPOCH));

    assertThat(values.again(map, Object.class)).isEqualTo(map);
    assertThat(values.again(map, Map.class)).isEqualTo(map);
    assertThatThrownBy(
            () -> values.read("81a16101", type(new TypeReference<Map<Number, Object>>() {})))
        .hasMessage("A value is no Number.");
    assertThatThrownBy(() -> values.read("819001", Object.class))
        .hasMessage("Unexpected msgpack code 144 (fixarray) encountered.");
    assertThatThrownBy(() -> values.read("818001", Map.class))
        .hasMessage("Unexpected msgpack code 128 (fixmap) encountered.");
  }

  @Test
  void aKeyIsNeitherNilNorThereTwice() {
    assertThatThrownBy(() -> values.read("81c001", Map.class)).hasMessage("A key is nil.");
    assertThatThrownBy(() -> values.read("82a16101a16102", Map.class))
        .hasMessage("A key comes twice.");
    assertThatThrownBy(() -> values.read("82a161c0a161c0", Map.class))
        .hasMessage("A key comes twice.");
  }

  @Test
  void longMapsHaveLongerHeaders() {
    Map<Integer, Integer> map = new LinkedHashMap<>();
    for (int i = 0; i < 16; i++) {
      map.put(i, i);
    }

    assertThat(values.hex(map)).startsWith("de001000000101");
    assertThat(values.read("df000000010506", Map.class)).isEqualTo(Map.of(5, 6));
  }

  @Test
  void whatChangesWhileItIsWrittenIsNotWritten() {
    assertThatThrownBy(() -> values.hex(new Shrinking()))
        .hasMessage("changed while it was written");
  }

  @Test
  void nestingIsLimited() {
    String deepest = "91".repeat(499) + "90";

    assertThat(values.hex(values.read(deepest, Object.class))).isEqualTo(deepest);
    assertThatThrownBy(() -> values.read("91" + deepest, Object.class))
        .hasMessage("Values are nested deeper than 500 levels.");
    assertThatThrownBy(() -> values.hex(List.of(values.read(deepest, List.class))))
        .hasMessage("values are nested deeper than 500 levels, or in themselves");
  }

  @Test
  void levelsThatWereLeftDoNotCount() {
    List<List<Object>> many = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      many.add(List.of());
    }

    assertThat(values.again(many, Object.class)).isEqualTo(many);
  }

  @Test
  void whatIsInItselfCannotBeWritten() {
    List<Object> list = new ArrayList<>();
    list.add(Map.of("self", new Object[] {list}));

    assertThatThrownBy(() -> values.hex(list))
        .hasMessage("values are nested deeper than 500 levels, or in themselves");
  }
}
