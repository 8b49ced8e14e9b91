package dev.hubwire.protocol.messagepack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.hubwire.hub.MemberNaming;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.core.type.TypeReference;

/** Records and beans. */
final class BeanValuesTest {
  record Item(String name, int count, @Nullable List<Item> parts) {}

  record Renamed(@JsonProperty("N") String name, String homeUrl, String URLValue) {}

  record Defaults(int number, boolean flag, @Nullable String text, Optional<String> maybe) {}

  record Checked(int positive) {
    Checked {
      if (positive < 0) {
        throw new IllegalArgumentException("positive: " + positive);
      }
    }
  }

  record Page<T>(List<T> rows, T first) {}

  record Nothing() {}

  interface Shape {}

  record Circle(double radius) implements Shape {}

  record Square(double side) implements Shape {}

  static class Animal {
    public String sound = "";
    private int legs = 4;
    private String secret = "s";

    public int getLegs() {
      return legs;
    }

    public void setLegs(int value) {
      this.legs = value;
    }

    @JsonIgnore
    public String getSecret() {
      return secret;
    }

    public void setSecret(String value) {
      this.secret = value;
    }

    public boolean isFourLegged() {
      return legs == 4;
    }
  }

  static final class Dog extends Animal {
    public int age;
  }

  static final class Immutable {
    private final int x;
    private final int y;

    public Immutable(@JsonProperty("x") int x, @JsonProperty("y") int y) {
      this.x = x;
      this.y = y;
    }

    public int getX() {
      return x;
    }

    public int getY() {
      return y;
    }
  }

  private final Values values = new Values();

  @Test
  void recordsAreMapsInTheOrderOfTheirComponents() {
    assertThat(values.hex(new Item("a", 7, null)))
        .isEqualTo("83a46e616d65a161a5636f756e7407a57061727473c0");
    Item nested = new Item("a", 7, List.of(new Item("b", 8, List.of())));
    assertThat(values.again(nested, Item.class)).isEqualTo(nested);
    assertThat(values.again(new Nothing(), Nothing.class)).isEqualTo(new Nothing());
    assertThat(values.read("c0", Item.class)).isNull();
  }

  @Test
  void membersComeInAnyOrderAndTheLastOfOneNameCounts() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("parts", List.of());
    map.put("unknown", Map.of("a", List.of(1, 2)));
    map.put("count", 7);
    map.put("name", "a");

    assertThat(values.again(map, Item.class)).isEqualTo(new Item("a", 7, List.of()));
    assertThat(values.read("82a5636f756e7401a5636f756e7402", Item.class))
        .extracting("count")
        .isEqualTo(2);
  }

  @Test
  void caseOfNamesMatters() {
    assertThat(values.again(Map.of("Name", "a", "COUNT", 7), Item.class))
        .extracting("name", "count")
        .containsExactly(null, 0);
  }

  @Test
  void whatDoesNotComeHasItsDefault() {
    assertThat(values.read("80", Defaults.class))
        .isEqualTo(new Defaults(0, false, null, Optional.empty()));
    assertThat(values.read("81a56d61796265c0", Defaults.class))
        .isEqualTo(new Defaults(0, false, null, Optional.empty()));
    assertThatThrownBy(() -> values.read("81a66e756d626572c0", Defaults.class))
        .isInstanceOf(MessagePackException.class);
  }

  @Test
  void keysAreTexts() {
    assertThatThrownBy(() -> values.read("810101", Item.class))
        .isInstanceOf(MessagePackException.class);
    assertThatThrownBy(() -> values.read("90", Item.class))
        .isInstanceOf(MessagePackException.class);
  }

  @Test
  void namesFollowTheNamingUnlessTheyAreGiven() {
    Renamed value = new Renamed("a", "b", "c");

    assertThat(names(MemberNaming.AS_DECLARED, value)).containsExactly("N", "homeUrl", "URLValue");
    assertThat(names(MemberNaming.PASCAL_CASE, value)).containsExactly("N", "HomeUrl", "URLValue");
    assertThat(names(MemberNaming.CAMEL_CASE, value)).containsExactly("N", "homeUrl", "urlValue");
    for (MemberNaming naming : MemberNaming.values()) {
      assertThat(new Values(naming).again(value, Renamed.class)).isEqualTo(value);
    }
  }

  @Test
  void leadingCapitalsAreLoweredAsInJson() {
    assertThat(List.of("Name", "ID", "URLValue", "IOStream", "A1", "_X"))
        .extracting(MemberNaming.CAMEL_CASE::memberName)
        .containsExactly("name", "id", "urlValue", "ioStream", "a1", "_X");
  }

  private static List<String> names(MemberNaming naming, Object value) {
    Values codec = new Values(naming);
    Map<?, ?> map = (Map<?, ?>) Objects.requireNonNull(codec.again(value, Map.class));
    return map.keySet().stream().map(String.class::cast).toList();
  }

  @Test
  void beansHaveTheirPropertiesAndPublicFields() {
    Dog dog = new Dog();
    dog.sound = "wuff";
    dog.age = 3;
    dog.setLegs(3);
    Map<?, ?> map = (Map<?, ?>) Objects.requireNonNull(values.again(dog, Map.class));

    assertThat(map).isEqualTo(Map.of("sound", "wuff", "age", 3, "legs", 3, "fourLegged", false));
    assertThat(values.again(map, Dog.class)).usingRecursiveComparison().isEqualTo(dog);
  }

  @Test
  void whatIsIgnoredIsNotRead() {
    Animal animal =
        (Animal) Objects.requireNonNull(values.again(Map.of("secret", "x"), Animal.class));

    assertThat(animal.getSecret()).isEqualTo("s");
  }

  @Test
  void beansMayBeMadeByTheirConstructor() {
    assertThat(values.again(new Immutable(1, 2), Immutable.class))
        .usingRecursiveComparison()
        .isEqualTo(new Immutable(1, 2));
  }

  @Test
  void typeVariablesAreKnownFromTheOuterType() {
    Page<Circle> page = new Page<>(List.of(new Circle(1)), new Circle(2));

    assertThat(values.again(page, new TypeReference<Page<Circle>>() {}.getType())).isEqualTo(page);
  }

  @Test
  void valuesAreWrittenByWhatTheyAre() {
    List<Shape> shapes = List.of(new Circle(1), new Square(2));

    assertThat(values.again(shapes, Object.class))
        .isEqualTo(List.of(Map.of("radius", 1d), Map.of("side", 2d)));
  }

  @Test
  void aTypeThatCannotBeMadeDoesNotFit() {
    assertThatThrownBy(() -> values.read("80", Shape.class))
        .hasMessageEndingWith("Shape has no constructor that values can be made with");
  }

  @Test
  void whatAConstructorRefusesDoesNotFit() {
    assertThatThrownBy(() -> values.again(Map.of("positive", -1), Checked.class))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
