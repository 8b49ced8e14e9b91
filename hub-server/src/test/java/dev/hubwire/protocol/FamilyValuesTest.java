package dev.hubwire.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.hubwire.hub.UnionKey;
import dev.hubwire.protocol.HubMessage.StreamItem;
import dev.hubwire.protocol.json.JsonHubProtocol;
import dev.hubwire.protocol.messagepack.MessagePackHubProtocol;
import dev.hubwire.transport.PayloadWriter;
import java.lang.reflect.Type;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.core.type.TypeReference;

/** Values whose declared type leaves their class open, in both protocols. */
class FamilyValuesTest {
  /** The simplest family. */
  sealed interface Shape permits Dot, Box, Ring {}

  record Dot() implements Shape {}

  record Box(int w, @Nullable Shape inner) implements Shape {}

  @JsonTypeName("ring")
  @UnionKey(7)
  record Ring(int r) implements Shape {}

  /** Parts that are declared as a class, as the family, and as nothing. */
  record Drawing(Dot dot, List<Dot> dots, List<Shape> shapes, Object any) {}

  /** A family within a family. */
  sealed interface Animal permits Bird, Fish {}

  sealed interface Bird extends Animal permits Duck, Owl {}

  record Fish(int fins) implements Animal {}

  record Duck(int a) implements Bird {}

  record Owl(int b) implements Bird {}

  /** A family of a type with a parameter. */
  sealed interface Outcome<T> {}

  record Good<T>(List<T> values) implements Outcome<T> {}

  record Bad<T>(String why) implements Outcome<T> {}

  /** What older code has in place of a sealed type. */
  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = Car.class, name = "car"),
    @JsonSubTypes.Type(value = Van.class, name = "van")
  })
  abstract static class Vehicle {
    public int wheels = 4;
  }

  static final class Car extends Vehicle {}

  static final class Van extends Vehicle {
    public int doors = 5;
  }

  static final class Bike extends Vehicle {}

  /** Texts, though sealed. */
  sealed interface Id {}

  record UserId(@JsonValue String text) implements Id {}

  /** Told apart by nothing on purpose. */
  @JsonTypeInfo(use = JsonTypeInfo.Id.NONE)
  sealed interface Plain {}

  record One(int n) implements Plain {}

  sealed interface Clash {}

  @UnionKey(1)
  record First() implements Clash {}

  record Second() implements Clash {}

  private static final Type SHAPES = new TypeReference<List<Shape>>() {}.getType();

  private final JsonHubProtocol json = new JsonHubProtocol();
  private final MessagePackHubProtocol messagePack = new MessagePackHubProtocol();

  @Test
  void jsonTellsTheClassByItsNameInFront() {
    assertJson(new Dot(), Shape.class, "{\"$type\":\"Dot\"}");
    assertJson(
        new Box(1, new Ring(2)),
        Shape.class,
        "{\"$type\":\"Box\",\"w\":1,\"inner\":{\"$type\":\"ring\",\"r\":2}}");
    assertJson(
        List.of(new Dot(), new Ring(3)),
        SHAPES,
        "[{\"$type\":\"Dot\"},{\"$type\":\"ring\",\"r\":3}]");
  }

  @Test
  void messagePackTellsTheClassByItsKey() {
    assertMessagePack(new Dot(), Shape.class, "920080");
    assertMessagePack(new Box(1, new Ring(2)), Shape.class, "920182a15701a5496e6e6572920781a15202");
    assertMessagePack(List.of(new Dot(), new Ring(3)), SHAPES, "92920080920781a15203");
  }

  @Test
  void aPlaceForOneClassNeedNotTellIt() {
    assertThat(readJson("{\"r\":2}", Ring.class)).isEqualTo(new Ring(2));
    assertThat(readJson("{\"$type\":\"ring\",\"r\":2}", Ring.class)).isEqualTo(new Ring(2));
    assertThat(readMessagePack("81a15202", Ring.class)).isEqualTo(new Ring(2));

    Drawing drawing = new Drawing(new Dot(), List.of(new Dot()), List.of(new Dot()), new Ring(1));
    assertThat(hex(drawing))
        .isEqualTo("84a3446f7480a4446f74739180a653686170657391920080a3416e79920781a15201");
  }

  @Test
  void theWidestFamilyCountsUnlessAPlaceIsNarrower() {
    assertMessagePack(new Owl(1), Animal.class, "920181a14201");
    assertMessagePack(new Fish(1), Animal.class, "920281a446696e7301");
    assertThat(readMessagePack("920181a14202", Bird.class)).isEqualTo(new Owl(2));
    assertJson(new Owl(1), Animal.class, "{\"$type\":\"Owl\",\"b\":1}");
    assertJson(new Owl(1), Bird.class, "{\"$type\":\"Owl\",\"b\":1}");
  }

  @Test
  void typeParametersAreKnown() {
    Type type = new TypeReference<Outcome<Long>>() {}.getType();
    assertJson(new Good<>(List.of(1L)), type, "{\"$type\":\"Good\",\"values\":[1]}");
    assertMessagePack(new Good<>(List.of(1L)), type, "920081a656616c7565739101");
    assertMessagePack(new Bad<>("x"), type, "920181a3576879a178");
  }

  @Test
  void classesMayBeListedByJacksonsAnnotation() {
    Object car = Objects.requireNonNull(readJson("{\"kind\":\"van\",\"doors\":3}", Vehicle.class));
    assertThat(car).isInstanceOf(Van.class).extracting("doors", "wheels").containsExactly(3, 4);
    assertThat(text(new Van())).isEqualTo("{\"kind\":\"van\",\"wheels\":4,\"doors\":5}");
    assertThat(text(List.of(new Car()))).isEqualTo("[{\"kind\":\"car\",\"wheels\":4}]");
    assertThat(hex(new Van())).isEqualTo("920182a6576865656c7304a5446f6f727305");
    assertThat(readMessagePack("920080", Vehicle.class)).isInstanceOf(Car.class);
    assertThatThrownBy(() -> hex(new Bike()))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining("Bike is no class of");
  }

  @Test
  void whatDoesNotTellItsClassDoesNotFit() {
    assertThat(readJson("{\"w\":1}", Shape.class)).isNull();
    assertThat(readJson("{\"$type\":\"Blob\"}", Shape.class)).isNull();
    assertThat(readMessagePack("80", Shape.class)).isNull();
    assertThat(readMessagePack("920980", Shape.class)).isNull();
    assertThat(readMessagePack("9100", Shape.class)).isNull();
    assertThat(readMessagePack("92c080", Shape.class)).isNull();
    assertThat(readMessagePack("9200c0", Shape.class)).isNull();
  }

  @Test
  void valuesOfAFamilyAreNotNestedWithoutEnd() {
    String box = "920182a15701a5496e6e6572";
    assertThat(readMessagePack(box.repeat(249) + "c0", Shape.class)).isInstanceOf(Box.class);
    assertThat(readMessagePack(box.repeat(251) + "c0", Shape.class)).isNull();
  }

  @Test
  void aSealedTypeOfOtherValuesIsNoFamily() {
    assertThat(text(new UserId("u"))).isEqualTo("\"u\"");
    assertThat(text(new One(1))).isEqualTo("{\"n\":1}");
    assertThat(hex(new One(1))).isEqualTo("81a14e01");
    assertThat(TypeFamily.of(Id.class)).isNull();
  }

  @Test
  void twoClassesCannotBeToldByOneKey() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TypeFamily.of(Clash.class))
        .withMessageContaining("Clash: Member[type=class")
        .withMessageEndingWith("(expected: a @JsonTypeName and a @UnionKey of its own)");
  }

  private void assertJson(Object value, Type type, String expected) {
    assertThat(text(value)).isEqualTo(expected);
    assertThat(readJson(expected, type)).isEqualTo(value);
  }

  private void assertMessagePack(Object value, Type type, String expected) {
    assertThat(hex(value)).isEqualTo(expected);
    assertThat(readMessagePack(expected, type)).isEqualTo(value);
  }

  private String text(Object value) {
    PayloadWriter target = new PayloadWriter(16);
    json.write(new StreamItem(Map.of(), "1", value), target);
    String record = new String(target.toByteArray(), UTF_8);
    return record.substring(
        "{\"type\":2,\"invocationId\":\"1\",\"item\":".length(), record.length() - 2);
  }

  private String hex(Object value) {
    PayloadWriter target = new PayloadWriter(16);
    messagePack.write(new StreamItem(Map.of(), "1", value), target);
    return HexFormat.of().formatHex(target.toByteArray()).substring("ll940280a131".length());
  }

  private @Nullable Object readJson(String text, Type type) {
    byte[] record =
        ("{\"type\":2,\"invocationId\":\"1\",\"item\":" + text + "}\u001e").getBytes(UTF_8);
    return item(json, record, type);
  }

  private @Nullable Object readMessagePack(String hex, Type type) {
    byte[] body = HexFormat.of().parseHex("940280a131" + hex);
    byte[] record = new byte[2 + body.length];
    record[0] = (byte) (0x80 | body.length); // the lower seven bits; the others follow
    record[1] = (byte) (body.length >> 7);
    System.arraycopy(body, 0, record, 2, body.length);
    return item(messagePack, record, type);
  }

  /** The item of a record, or null if it does not fit the type. */
  private static @Nullable Object item(HubProtocol protocol, byte[] record, Type type) {
    HubMessage message = protocol.read(record, 0, record.length, new OneStream(type));
    return message instanceof StreamItem item ? item.item() : null;
  }

  /** A hub with nothing but a stream whose items are of one type. */
  private record OneStream(Type type) implements InvocationBinder {
    @Override
    public @Nullable Target target(String name) {
      return null;
    }

    @Override
    public @Nullable Type resultType(String invocationId) {
      return null;
    }

    @Override
    public Type streamItemType(String streamId) {
      return type;
    }
  }
}
