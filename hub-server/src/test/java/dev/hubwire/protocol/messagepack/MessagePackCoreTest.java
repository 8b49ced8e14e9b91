package dev.hubwire.protocol.messagepack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.msgpack.core.MessageBufferPacker;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessagePack.Code;
import org.msgpack.core.MessageUnpacker;

/** Reader and writer against those of the library, byte by byte. */
final class MessagePackCoreTest {
  /** What the library writes with. */
  private interface Packing {
    void with(MessageBufferPacker packer) throws IOException;
  }

  private final Values values = new Values();

  private static byte[] packed(Packing packing) throws IOException {
    try (MessageBufferPacker packer = MessagePack.newDefaultBufferPacker()) {
      packing.with(packer);
      return packer.toByteArray();
    }
  }

  @Property
  void writesIntegersAlike(@ForAll long value) throws IOException {
    assertThat(values.bytes(value)).isEqualTo(packed(packer -> packer.packLong(value)));
  }

  @Property
  void writesSmallIntegersAlike(@ForAll short value) throws IOException {
    assertThat(values.bytes((int) value)).isEqualTo(packed(packer -> packer.packInt(value)));
  }

  @Property
  void writesUnsignedIntegersAlike(@ForAll long bits) throws IOException {
    BigInteger value = new BigInteger(Long.toUnsignedString(bits));
    assertThat(values.bytes(value)).isEqualTo(packed(packer -> packer.packBigInteger(value)));
  }

  @Property
  void writesNumbersAlike(@ForAll double wide, @ForAll float narrow) throws IOException {
    assertThat(values.bytes(wide)).isEqualTo(packed(packer -> packer.packDouble(wide)));
    assertThat(values.bytes(narrow)).isEqualTo(packed(packer -> packer.packFloat(narrow)));
  }

  @Property
  void writesTextsAlike(@ForAll("texts") String text) throws IOException {
    assertThat(values.bytes(text)).isEqualTo(packed(packer -> packer.packString(text)));
  }

  @Property
  void writesBytesAlike(@ForAll("lengths") int length) throws IOException {
    byte[] content = new byte[length];
    assertThat(values.bytes(content))
        .isEqualTo(
            packed(
                packer -> {
                  packer.packBinaryHeader(length);
                  packer.writePayload(content);
                }));
  }

  @Property
  void writesTimestampsAlike(@ForAll("times") Instant time) throws IOException {
    assertThat(values.bytes(time)).isEqualTo(packed(packer -> packer.packTimestamp(time)));
  }

  @Property(tries = 3_000)
  void skipsAsManyBytes(@ForAll byte[] random) throws IOException {
    byte[] bytes = withoutHugeCounts(random);
    long skipped;
    try (MessageUnpacker unpacker = MessagePack.newDefaultUnpacker(bytes)) {
      unpacker.skipValue();
      skipped = unpacker.getTotalReadBytes();
    } catch (IOException | RuntimeException e) {
      skipped = -1;
    }
    assertThat(skipped(bytes)).isEqualTo(skipped);
  }

  /** The library adds up the counts of headers in 32 bits, which then may begin anew. */
  private static byte[] withoutHugeCounts(byte[] bytes) {
    byte[] result = bytes.clone();
    for (int i = 0; i < result.length; i++) {
      if (result[i] == Code.ARRAY32 || result[i] == Code.MAP32) {
        result[i] = Code.NIL;
      }
    }
    return result;
  }

  private static long skipped(byte[] bytes) {
    for (int end = 0; end <= bytes.length; end++) {
      MessagePackReader in = new MessagePackReader(bytes, 0, end);
      try {
        in.skip();
        return end;
      } catch (MessagePackException e) {
        assertThat(Objects.requireNonNull(e.getMessage())).isNotEmpty();
      }
    }
    return -1;
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.strings().ofMaxLength(400).map(text -> text.replaceAll("\\p{Cs}", "x"));
  }

  @Provide
  Arbitrary<Integer> lengths() {
    return Arbitraries.integers().between(0, 70_000);
  }

  @Provide
  Arbitrary<Instant> times() {
    return Combinators.combine(
            Arbitraries.longs().between(Instant.MIN.getEpochSecond(), Instant.MAX.getEpochSecond()),
            Arbitraries.of(0, 1, 100, 999_999_999))
        .as(Instant::ofEpochSecond);
  }
}
