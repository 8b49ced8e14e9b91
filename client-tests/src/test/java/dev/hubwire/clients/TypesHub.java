package dev.hubwire.clients;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import dev.hubwire.hub.ClientProxy;
import dev.hubwire.hub.Hub;
import dev.hubwire.hub.HubMethod;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Takes and returns a value of each type in {@code docs/types.md}, by the name it has there. */
public final class TypesHub extends Hub<ClientProxy> {
  /** Told by its number in JSON. */
  public enum Color {
    RED,
    DARK_RED
  }

  /** Told by its name in JSON, too. */
  @JsonFormat(shape = JsonFormat.Shape.STRING)
  public enum Shade {
    @JsonProperty("DarkRed")
    DARK_RED
  }

  /** A record, of which a component may be absent. */
  public record Person(String firstName, @Nullable Integer age) {}

  /** A bean. */
  public static final class Home {
    private String homeTown = "";

    public String getHomeTown() {
      return homeTown;
    }

    public void setHomeTown(String value) {
      this.homeTown = value;
    }
  }

  /** One of several records. */
  public sealed interface Shape {}

  /** The first of them. */
  public record Circle(int radius) implements Shape {}

  /** The second. */
  public record Square(int side) implements Shape {}

  /** One of several classes. */
  @JsonSubTypes({
    @JsonSubTypes.Type(value = Car.class, name = "car"),
    @JsonSubTypes.Type(value = Van.class, name = "van")
  })
  public abstract static class Vehicle {
    public int wheels;
  }

  /** The first of them. */
  public static final class Car extends Vehicle {}

  /** The second. */
  public static final class Van extends Vehicle {}

  @HubMethod("boolean")
  public boolean echoBoolean(boolean value) {
    return value;
  }

  @HubMethod("int")
  public int echoInt(int value) {
    return value;
  }

  @HubMethod("long")
  public long echoLong(long value) {
    return value;
  }

  @HubMethod("float")
  public float echoFloat(float value) {
    return value;
  }

  @HubMethod("double")
  public double echoDouble(double value) {
    return value;
  }

  @HubMethod("char")
  public char echoChar(char value) {
    return value;
  }

  @HubMethod("String")
  public String echoString(String value) {
    return value;
  }

  @HubMethod("BigDecimal")
  public BigDecimal echoBigDecimal(BigDecimal value) {
    return value;
  }

  @HubMethod("BigInteger")
  public BigInteger echoBigInteger(BigInteger value) {
    return value;
  }

  @HubMethod("byte[]")
  public byte[] echoBytes(byte[] value) {
    return value;
  }

  @HubMethod("UUID")
  public UUID echoUuid(UUID value) {
    return value;
  }

  @HubMethod("URI")
  public URI echoUri(URI value) {
    return value;
  }

  @HubMethod("enum")
  public Color echoEnum(Color value) {
    return value;
  }

  @HubMethod("enum, by name")
  public Shade echoNamedEnum(Shade value) {
    return value;
  }

  @HubMethod("Instant")
  public Instant echoInstant(Instant value) {
    return value;
  }

  @HubMethod("OffsetDateTime")
  public OffsetDateTime echoOffsetDateTime(OffsetDateTime value) {
    return value;
  }

  @HubMethod("LocalDateTime")
  public LocalDateTime echoLocalDateTime(LocalDateTime value) {
    return value;
  }

  @HubMethod("LocalDate")
  public LocalDate echoLocalDate(LocalDate value) {
    return value;
  }

  @HubMethod("LocalTime")
  public LocalTime echoLocalTime(LocalTime value) {
    return value;
  }

  @HubMethod("Duration")
  public Duration echoDuration(Duration value) {
    return value;
  }

  @HubMethod("Optional<T>")
  public Optional<Integer> echoOptional(Optional<Integer> value) {
    return value;
  }

  @HubMethod("List<T>")
  public List<String> echoList(List<String> value) {
    return value;
  }

  @HubMethod("Map<K, V>")
  public Map<String, Integer> echoMap(Map<String, Integer> value) {
    return value;
  }

  @HubMethod("record")
  public Person echoRecord(Person value) {
    return value;
  }

  @HubMethod("bean")
  public Home echoBean(Home value) {
    return value;
  }

  @HubMethod("Map<K, List<T>>")
  public Map<String, List<Person>> echoNested(Map<String, List<Person>> value) {
    return value;
  }

  @HubMethod("sealed interface")
  public Shape echoSealed(Shape value) {
    return value;
  }

  @HubMethod("@JsonSubTypes class")
  public Vehicle echoListed(Vehicle value) {
    return value;
  }

  @HubMethod("Object")
  public Object echoObject(Object value) {
    return value;
  }
}
