package dev.hubwire.protocol.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hubwire.negotiation.TransferFormat;
import dev.hubwire.protocol.BindingException;
import dev.hubwire.protocol.HubMessage;
import dev.hubwire.protocol.HubMessage.CancelInvocation;
import dev.hubwire.protocol.HubMessage.Completion;
import dev.hubwire.protocol.HubMessage.Invocation;
import dev.hubwire.protocol.HubMessage.InvocationBindingFailure;
import dev.hubwire.protocol.HubMessage.StreamBindingFailure;
import dev.hubwire.protocol.HubMessage.StreamInvocation;
import dev.hubwire.protocol.HubMessage.StreamItem;
import dev.hubwire.protocol.SerializationException;
import dev.hubwire.protocol.vectors.RecordedHub.Color;
import dev.hubwire.transport.PayloadWriter;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.deser.std.StdScalarDeserializer;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdScalarSerializer;
import tools.jackson.databind.util.RawValue;

final class JsonWritingTest {
  private static final Map<String, String> TRACE = Map.of("traceparent", "00-a");

  private final JsonHubProtocol protocol = new JsonHubProtocol();

  private String written(HubMessage message) {
    PayloadWriter writer = new PayloadWriter(16);
    protocol.write(message, writer);
    return new String(writer.toByteArray(), UTF_8);
  }

  @Test
  void isTheProtocolNamedJsonWhoseRecordsAreText() {
    assertThat(protocol.name()).isEqualTo("json");
    assertThat(protocol.transferFormat()).isEqualTo(TransferFormat.TEXT);
  }

  @Test
  void writesMembersInTheOrderOfTheReference() {
    assertThat(written(new Invocation(TRACE, "1", "t", Arrays.asList(1, null), List.of("2", "3"))))
        .isEqualTo(
            "{\"type\":1,\"headers\":{\"traceparent\":\"00-a\"},\"invocationId\":\"1\","
                + "\"target\":\"t\",\"arguments\":[1,null],\"streamIds\":[\"2\",\"3\"]}\u001e");
    assertThat(written(new StreamInvocation(Map.of(), "1", "t", List.of(), List.of())))
        .isEqualTo("{\"type\":4,\"invocationId\":\"1\",\"target\":\"t\",\"arguments\":[]}\u001e");
    assertThat(written(new StreamItem(TRACE, "1", "x")))
        .isEqualTo(
            "{\"type\":2,\"headers\":{\"traceparent\":\"00-a\"},\"invocationId\":\"1\","
                + "\"item\":\"x\"}\u001e");
    assertThat(written(new CancelInvocation(Map.of(), "1")))
        .isEqualTo("{\"type\":5,\"invocationId\":\"1\"}\u001e");
  }

  @Test
  void leavesOutAnEmptyIdAndAnEmptyErrorOfACompletion() {
    assertThat(written(new Invocation(Map.of(), "", "t", List.of(), List.of())))
        .isEqualTo("{\"type\":1,\"target\":\"t\",\"arguments\":[]}\u001e");
    assertThat(written(Completion.error("1", "")))
        .isEqualTo("{\"type\":3,\"invocationId\":\"1\"}\u001e");
  }

  @Test
  void appendsToWhatTheWriterHolds() {
    PayloadWriter writer = new PayloadWriter(0);

    protocol.write(HubMessage.Ping.INSTANCE, writer);
    protocol.write(new HubMessage.Ack(7), writer);

    assertThat(new String(writer.toByteArray(), UTF_8))
        .isEqualTo("{\"type\":6}\u001e{\"type\":8,\"sequenceId\":7}\u001e");
  }

  /** A value of which a large part can be written before it fails. */
  record Late(String large, double number) {}

  @Test
  void writesAMessageWholeOrNotAtAll() {
    PayloadWriter writer = new PayloadWriter(0);
    protocol.write(HubMessage.Ping.INSTANCE, writer);
    Late late = new Late("x".repeat(50_000), Double.NaN);

    assertThatThrownBy(() -> protocol.write(Completion.result("1", late), writer))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining("Cannot write Completion as JSON")
        .hasRootCauseMessage("number: NaN (expected: finite)");

    assertThat(new String(writer.toByteArray(), UTF_8)).isEqualTo("{\"type\":6}\u001e");
  }

  @Test
  void refusesNumbersThatJsonDoesNotHave() {
    for (Object value :
        List.of(Double.NaN, Float.POSITIVE_INFINITY, new double[] {Double.NaN}, List.of(0.0 / 0))) {
      assertThatThrownBy(() -> written(Completion.result("1", value)))
          .isInstanceOf(SerializationException.class);
    }
  }

  @Test
  void refusesACycleAndWhatIsNestedTooDeep() {
    List<Object> cycle = new ArrayList<>();
    cycle.add(cycle);
    Object deep = 1;
    for (int i = 0; i < 64; i++) {
      deep = List.of(deep);
    }
    Object tooDeep = List.of(deep);

    assertThat(Payloads.write(protocol, deep)).hasSize(129);
    assertThatThrownBy(() -> written(Completion.result("1", cycle)))
        .isInstanceOf(SerializationException.class);
    assertThatThrownBy(() -> written(Completion.result("1", tooDeep)))
        .isInstanceOf(SerializationException.class);
  }

  @Test
  void refusesMessagesThatOnlyReadingMakes() {
    BindingException cause = BindingException.unknownMethod();

    assertThatThrownBy(() -> written(new InvocationBindingFailure("1", "t", cause)))
        .isInstanceOf(SerializationException.class);
    assertThatThrownBy(() -> written(new StreamBindingFailure("1", cause)))
        .isInstanceOf(SerializationException.class);
  }

  /** What an argument is declared as does not matter. */
  public static class Base {
    public int getOne() {
      return 1;
    }
  }

  public static final class Derived extends Base {
    public String getTwo() {
      return "é😀\n";
    }
  }

  @Test
  void writesValuesByWhatTheyAre() {
    Base declared = new Derived();

    assertThat(Payloads.write(protocol, declared))
        .isEqualTo("{\"two\":\"é\\uD83D\\uDE00\\n\",\"one\":1}");
  }

  @Test
  void writesAllKindsOfScalarsInContainers() {
    assertThat(
            Payloads.write(
                protocol,
                Arrays.asList(
                    (byte) 1, (short) -2, 3L, 4f, 5d, new BigDecimal("1E+3"), true, 'x', null, "")))
        .isEqualTo("[1,-2,3,4,5,1000,true,\"x\",null,\"\"]");
    assertThat(Payloads.write(protocol, new float[] {0.1f, 1e9f})).isEqualTo("[0.1,1E+09]");
    assertThat(Payloads.write(protocol, new RawValue("{\"é\":[1]}"))).isEqualTo("{\"é\":[1]}");
  }

  @Test
  void writesEnumsAsNamesWhereTheApplicationWantsThem() {
    JsonHubProtocol names =
        JsonHubProtocol.builder()
            .mapper(mapper -> mapper.disable(EnumFeature.WRITE_ENUMS_USING_INDEX))
            .build();

    assertThat(Payloads.echo(names, Color.class, "\"GREEN\"")).isEqualTo("\"GREEN\"");
  }

  @Test
  void convertsScalarsWhereTheApplicationWantsIt() {
    JsonHubProtocol lenient =
        JsonHubProtocol.builder()
            .mapper(mapper -> mapper.enable(MapperFeature.ALLOW_COERCION_OF_SCALARS))
            .build();

    assertThat(Payloads.echo(lenient, int.class, "\"5\"")).isEqualTo("5");
    assertThat(Payloads.echo(lenient, boolean.class, "\"true\"")).isEqualTo("true");
  }

  /** Reads and writes strings in upper case. */
  private static SimpleModule shouting() {
    SimpleModule module = new SimpleModule("shouting");
    module.addSerializer(
        String.class,
        new StdScalarSerializer<>(String.class) {
          @Override
          public void serialize(
              String value, JsonGenerator generator, SerializationContext context) {
            generator.writeString(value + "!");
          }
        });
    module.addDeserializer(
        String.class,
        new StdScalarDeserializer<>(String.class) {
          @Override
          public String deserialize(JsonParser parser, DeserializationContext context) {
            return parser.getString().toUpperCase(Locale.ROOT);
          }
        });
    return module;
  }

  @Test
  void leavesEvenStringsToTheApplicationWhereItWantsThem() {
    JsonHubProtocol shouting =
        JsonHubProtocol.builder().mapper(mapper -> mapper.addModule(shouting())).build();

    assertThat(Payloads.echo(shouting, String.class, "\"a\"")).isEqualTo("\"A!\"");
  }
}
