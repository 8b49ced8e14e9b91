package dev.hubwire.protocol.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hubwire.protocol.HubMessage;
import dev.hubwire.protocol.HubMessage.CancelInvocation;
import dev.hubwire.protocol.HubMessage.Completion;
import dev.hubwire.protocol.HubMessage.Invocation;
import dev.hubwire.protocol.HubMessage.StreamInvocation;
import dev.hubwire.protocol.HubMessage.StreamItem;
import dev.hubwire.protocol.ProtocolException;
import dev.hubwire.protocol.RecordBuffer;
import dev.hubwire.protocol.vectors.RecordedHub;
import dev.hubwire.protocol.vectors.Vector;
import dev.hubwire.transport.PayloadWriter;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

final class JsonPropertiesTest {
  private final JsonHubProtocol protocol = new JsonHubProtocol();
  private final RecordedHub hub = new RecordedHub();

  private byte[] written(List<HubMessage> messages) {
    PayloadWriter writer = new PayloadWriter(64);
    messages.forEach(message -> protocol.write(message, writer));
    return writer.toByteArray();
  }

  @Property
  void readsWhatItWrote(@ForAll("messages") HubMessage message) {
    byte[] bytes = written(List.of(message));

    assertThat(protocol.recordEnd(bytes, 0, 0, bytes.length)).isEqualTo(bytes.length);
    assertThat(protocol.read(bytes, 0, bytes.length, hub)).isEqualTo(message);
  }

  @Property
  void readsTheSameMessagesHoweverTheirBytesAreSplit(
      @ForAll("streams") List<HubMessage> messages, @ForAll("sizes") List<Integer> sizes) {
    List<@Nullable HubMessage> read = new ArrayList<>();
    RecordBuffer buffer = new RecordBuffer(collectingIn(read), 0);
    byte[] bytes = written(messages);

    int start = 0;
    for (int i = 0; start < bytes.length; i++) {
      int end = Math.min(bytes.length, start + sizes.get(i % sizes.size()));
      buffer.feed(ByteBuffer.wrap(Arrays.copyOfRange(bytes, start, end)));
      start = end;
    }

    assertThat(read).isEqualTo(messages);
  }

  private RecordBuffer.Reader collectingIn(List<@Nullable HubMessage> read) {
    return new RecordBuffer.Reader() {
      @Override
      public int recordEnd(byte[] bytes, int start, int scanned, int end) {
        return protocol.recordEnd(bytes, start, scanned, end);
      }

      @Override
      public boolean onRecord(byte[] bytes, int start, int end) {
        return read.add(protocol.read(bytes, start, end, hub));
      }
    };
  }

  @Property(tries = 5_000)
  void failsOnlyAsTheProtocolSays(@ForAll("spoiled") byte[] record) {
    try {
      HubMessage message = protocol.read(record, 0, record.length, hub);
      assertThat(message).satisfiesAnyOf(m -> assertThat(m).isNull(), Objects::requireNonNull);
    } catch (ProtocolException e) {
      assertThat(e.wireName())
          .isIn(
              "InvalidDataException",
              "InvalidOperationException",
              "FormatException",
              "KeyNotFoundException");
    }
  }

  @Provide
  Arbitrary<HubMessage> messages() {
    Arbitrary<String> ids = texts().filter(text -> !text.isEmpty());
    Arbitrary<Map<String, String>> headers = Arbitraries.maps(texts(), texts()).ofMaxSize(2);
    Arbitrary<List<Object>> arguments =
        Combinators.combine(Arbitraries.integers(), texts()).as(List::<Object>of);
    Arbitrary<List<String>> streams = texts().list().ofMaxSize(2);
    return Arbitraries.oneOf(
        Combinators.combine(headers, ids.injectNull(0.5), arguments, streams)
            .as((h, id, a, s) -> new Invocation(h, id, "Send", a, s)),
        Combinators.combine(headers, ids, arguments, streams)
            .as((h, id, a, s) -> new StreamInvocation(h, id, "Send", a, s)),
        Combinators.combine(headers, texts().injectNull(0.1))
            .as((h, item) -> new StreamItem(h, "s", item)),
        Arbitraries.integers().map(value -> Completion.result("s1", value)),
        Combinators.combine(ids, ids).as(Completion::error),
        ids.map(Completion::end),
        Combinators.combine(headers, ids).as(CancelInvocation::new),
        Arbitraries.just(HubMessage.Ping.INSTANCE),
        Combinators.combine(texts().injectNull(0.5), Arbitraries.of(true, false))
            .as(HubMessage.Close::new),
        Arbitraries.longs().map(HubMessage.Ack::new),
        Arbitraries.longs().map(HubMessage.Sequence::new));
  }

  @Provide
  Arbitrary<List<HubMessage>> streams() {
    return messages().list().ofMaxSize(12);
  }

  @Provide
  Arbitrary<List<Integer>> sizes() {
    return Arbitraries.integers().between(1, 300).list().ofMinSize(1).ofMaxSize(12);
  }

  private static Arbitrary<String> texts() {
    return Arbitraries.oneOf(
            Arbitraries.integers().between(0, 0x7F),
            Arbitraries.integers().between(0x80, 0xD7FF),
            Arbitraries.integers().between(0xE000, Character.MAX_CODE_POINT))
        .list()
        .ofMaxSize(12)
        .map(list -> list.stream().map(Character::toString).reduce("", String::concat));
  }

  /** Recorded messages in which a part is replaced by another one or by noise. */
  @Provide
  Arbitrary<byte[]> spoiled() {
    Arbitrary<byte[]> records =
        Arbitraries.of(Vector.of("json", "message").map(Vector::bytes).toList());
    Arbitrary<byte[]> noise =
        Arbitraries.oneOf(
            Arbitraries.bytes().array(byte[].class).ofMaxSize(6),
            Arbitraries.of("{", "}", "[", "]", "\"", ",", ":", "null", "1e5", "\\ud83d", "\\")
                .map(String::getBytes));
    Arbitrary<Double> places = Arbitraries.doubles().between(0, 1);
    return Combinators.combine(records, noise, places, places).as(JsonPropertiesTest::spoil);
  }

  private static byte[] spoil(byte[] record, byte[] noise, double one, double other) {
    int from = (int) (Math.min(one, other) * (record.length - 1));
    int to = (int) (Math.max(one, other) * (record.length - 1));
    byte[] spoiled = new byte[from + noise.length + record.length - to];
    System.arraycopy(record, 0, spoiled, 0, from);
    System.arraycopy(noise, 0, spoiled, from, noise.length);
    System.arraycopy(record, to, spoiled, from + noise.length, record.length - to);
    return spoiled;
  }
}
