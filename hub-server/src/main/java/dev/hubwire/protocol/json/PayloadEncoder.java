package dev.hubwire.protocol.json;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.hubwire.protocol.text.JsonText;
import dev.hubwire.transport.PayloadWriter;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.ser.SerializationContextExt;
import tools.jackson.databind.util.ClassUtil;

/**
 * Writes Java values as JSON, by what they are and not by what they are declared as. Thread-safe.
 */
final class PayloadEncoder {
  private static final byte[] NULL = "null".getBytes(US_ASCII);
  private static final byte[] TRUE = "true".getBytes(US_ASCII);
  private static final byte[] FALSE = "false".getBytes(US_ASCII);

  private final JsonMapper mapper;

  /** Whether the application left it to Jackson how scalars are written. */
  private final boolean standardScalars;

  PayloadEncoder(JsonMapper mapper) {
    this.mapper = mapper;
    this.standardScalars =
        isStandard(String.class)
            && isStandard(Boolean.class)
            && isStandard(Integer.class)
            && isStandard(Long.class)
            && isStandard(Double.class);
  }

  private boolean isStandard(Class<?> type) {
    return ClassUtil.isJacksonStdImpl(mapper._serializationContext().findValueSerializer(type));
  }

  /**
   * Writes a value; what it has written when it fails is left there.
   *
   * @throws RuntimeException of any kind if the value cannot be written
   */
  void write(@Nullable Object value, PayloadWriter target) {
    if (!standardScalars || !writeScalar(value, target)) {
      SerializationContextExt context = mapper._serializationContext();
      context.serializeValue(new PayloadGenerator(context, target), value);
    }
  }

  private static boolean writeScalar(@Nullable Object value, PayloadWriter target) {
    switch (value) {
      case null -> target.write(NULL);
      case String text -> JsonText.writeString(text, target);
      case Integer number -> JsonText.writeLong(number, target);
      case Long number -> JsonText.writeLong(number, target);
      case Boolean flag -> target.write(flag ? TRUE : FALSE);
      case Double number -> JsonText.writeDouble(number, target);
      default -> {
        return false;
      }
    }
    return true;
  }
}
