package dev.hubwire.protocol.messagepack;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hubwire.hub.MemberNaming;
import dev.hubwire.transport.PayloadWriter;
import java.lang.reflect.Type;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Single values of an application, as hex and back. */
final class Values {
  private final ValueCodecs codecs;

  Values(MemberNaming naming) {
    this.codecs = new ValueCodecs(naming);
  }

  Values() {
    this(MemberNaming.AS_DECLARED);
  }

  byte[] bytes(@Nullable Object value) {
    PayloadWriter target = new PayloadWriter(16);
    new MessagePackWriter(target, codecs).writeValue(value);
    return target.toByteArray();
  }

  String hex(@Nullable Object value) {
    return HexFormat.of().formatHex(bytes(value));
  }

  /** Reads a value that ends with the bytes. */
  @Nullable Object read(byte[] bytes, Type type) {
    MessagePackReader in = new MessagePackReader(bytes, 0, bytes.length);
    Object value = codecs.read(in, type);
    assertThatThrownBy(in::format).hasMessage("Attempted to read past the end of the stream.");
    return value;
  }

  @Nullable Object read(String hex, Type type) {
    return read(HexFormat.of().parseHex(hex.replace(" ", "").toLowerCase(Locale.ROOT)), type);
  }

  /** Writes a value, and reads what was written. */
  @Nullable Object again(@Nullable Object value, Type type) {
    return read(bytes(value), type);
  }
}
