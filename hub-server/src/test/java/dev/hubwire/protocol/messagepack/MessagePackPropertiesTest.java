package dev.hubwire.protocol.messagepack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hubwire.protocol.BindingException;
import dev.hubwire.protocol.HubMessage;
import dev.hubwire.protocol.HubMessage.Completion;
import dev.hubwire.protocol.HubMessage.Invocation;
import dev.hubwire.protocol.HubMessage.StreamItem;
import dev.hubwire.protocol.InvocationBinder;
import dev.hubwire.protocol.InvocationBinder.Target;
import dev.hubwire.protocol.ProtocolException;
import dev.hubwire.protocol.RecordBuffer;
import dev.hubwire.protocol.vectors.Vector;
import dev.hubwire.transport.PayloadWriter;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

final class MessagePackPropertiesTest {
  record Node(@Nullable String name, @Nullable List<Long> numbers, @Nullable List<Node> children) {}

  private static final List<Type> TYPES =
      List.of(
          Object.class,
          Node.class,
          Node[].class,
          Map.class,
          byte[].class,
          long[].class,
          String.class,
          double.class,
          Instant.class,
          OffsetDateTime.class);

  private final MessagePackHubProtocol protocol = new MessagePackHubProtocol();

  /** Collects what is read from the pieces of a stream. */
  private final class Collector implements RecordBuffer.Reader {
    final List<HubMessage> messages = new ArrayList<>();
    final InvocationBinder binder = anyBinder();

    @Override
    public int recordEnd(byte[] bytes, int start, int scanned, int end) {
      return protocol.recordEnd(bytes, start, scanned, end);
    }

    @Override
    public boolean onRecord(byte[] bytes, int start, int end) {
      HubMessage message = protocol.read(bytes, start, end, binder);
      if (message != null) {
        messages.add(message);
      }
      return true;
    }
  }

  private static InvocationBinder anyBinder() {
    return new TestBinder(new Target("t", List.of(Object.class)), Object.class, Object.class);
  }

  @Property(tries = 200)
  void readsTheSameHoweverTheBytesAreSplit(
      @ForAll("messages") List<HubMessage> messages, @ForAll("sizes") List<Integer> sizes) {
    PayloadWriter target = new PayloadWriter(256);
    messages.forEach(message -> protocol.write(message, target));
    byte[] bytes = target.toByteArray();
    Collector collector = new Collector();
    RecordBuffer buffer = new RecordBuffer(collector, 0);

    int start = 0;
    for (int i = 0; start < bytes.length; i++) {
      int end = Math.min(bytes.length, start + sizes.get(i % sizes.size()));
      buffer.feed(ByteBuffer.wrap(Arrays.copyOfRange(bytes, start, end)));
      start = end;
    }

    assertThat(collector.messages).isEqualTo(messages);
    assertThat(buffer.isEmpty()).isTrue();
  }

  @Property(tries = 500)
  void valuesAreReadAsTheyWereWritten(@ForAll("values") Object value) {
    assertThat(new Values().again(value, Object.class)).isEqualTo(value);
  }

  @Property(tries = 5_000)
  void bytesThatMakeNoSenseAreRefused(@ForAll byte[] body, @ForAll("types") Type type) {
    assertIsReadOrRefused(body, type);
  }

  @Property(tries = 5_000)
  void recordsThatWereTamperedWithAreRefused(
      @ForAll("recorded") byte[] record,
      @ForAll("positions") int position,
      @ForAll byte replacement,
      @ForAll("types") Type type) {
    byte[] body = Arrays.copyOfRange(record, 1, record.length);
    body[position % body.length] = replacement;
    assertIsReadOrRefused(body, type);
  }

  @Property(tries = 2_000)
  void argumentsThatMakeNoSenseFailTheirCall(@ForAll byte[] junk, @ForAll("types") Type type) {
    PayloadWriter body = new PayloadWriter(64);
    body.write(new byte[] {(byte) 0x95, 1, (byte) 0x80, (byte) 0xa1, '1', (byte) 0xa1, 't'});
    body.write(0x91);
    body.write(junk);
    assertThat(read(body.toByteArray(), type))
        .isInstanceOfAny(Invocation.class, HubMessage.InvocationBindingFailure.class);
  }

  private void assertIsReadOrRefused(byte[] body, Type type) {
    try {
      read(body, type);
    } catch (ProtocolException e) {
      assertThat(e).isNotInstanceOf(BindingException.class);
    }
  }

  private @Nullable HubMessage read(byte[] body, Type type) {
    PayloadWriter record = new PayloadWriter(64);
    record.write(body);
    LengthPrefix.insert(record, 0);
    byte[] bytes = record.toByteArray();
    return protocol.read(
        bytes, 0, bytes.length, new TestBinder(new Target("t", List.of(type)), type, type));
  }

  @Provide
  Arbitrary<Type> types() {
    return Arbitraries.of(TYPES);
  }

  @Provide
  Arbitrary<Integer> positions() {
    return Arbitraries.integers().between(0, 200);
  }

  @Provide
  Arbitrary<Integer> size() {
    return Arbitraries.integers().between(1, 300);
  }

  @Provide
  Arbitrary<List<Integer>> sizes() {
    return size().list().ofMinSize(1).ofMaxSize(20);
  }

  @Provide
  Arbitrary<byte[]> recorded() {
    Stream<byte[]> records = Vector.of("messagepack", "message").map(Vector::bytes);
    return Arbitraries.of(records.filter(record -> record.length > 1 && record[0] > 0).toList());
  }

  @Provide
  Arbitrary<List<HubMessage>> messages() {
    Arbitrary<HubMessage> calls = values().map(value -> Invocation.send("t", List.of(value)));
    Arbitrary<HubMessage> items = values().map(value -> new StreamItem(Map.of(), "7", value));
    Arbitrary<HubMessage> results = values().map(value -> Completion.result("s1", value));
    Arbitrary<HubMessage> acks = Arbitraries.longs().greaterOrEqual(0).map(HubMessage.Ack::new);
    return Arbitraries.oneOf(calls, items, results, acks, Arbitraries.of(HubMessage.Ping.INSTANCE))
        .list()
        .ofMaxSize(10);
  }

  @Provide
  Arbitrary<Object> values() {
    return Arbitraries.recursive(this::scalars, MessagePackPropertiesTest::nested, 0, 2);
  }

  private Arbitrary<Object> scalars() {
    return Arbitraries.oneOf(
        Arbitraries.strings().all().ofMaxLength(300).map(MessagePackPropertiesTest::wellFormed),
        Arbitraries.integers().asGeneric(),
        Arbitraries.longs().filter(number -> number != number.intValue()).asGeneric(),
        Arbitraries.doubles().asGeneric(),
        Arbitraries.floats().asGeneric(),
        Arbitraries.of(true, false).asGeneric(),
        Combinators.combine(
                Arbitraries.longs().between(-1L << 40, 1L << 40),
                Arbitraries.integers().between(0, 999_999_999))
            .as(Instant::ofEpochSecond)
            .asGeneric());
  }

  private static Object wellFormed(String text) {
    return new String(text.getBytes(UTF_8), UTF_8);
  }

  private static Arbitrary<Object> nested(Arbitrary<Object> parts) {
    return Arbitraries.oneOf(
        parts,
        parts.list().ofMaxSize(18).asGeneric(),
        Arbitraries.maps(Arbitraries.strings().alpha().ofMaxLength(5), parts)
            .ofMaxSize(18)
            .map(LinkedHashMap::new)
            .asGeneric());
  }
}
