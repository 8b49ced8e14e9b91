package dev.hubwire.protocol.messagepack;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.hubwire.hub.MemberNaming;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/**
 * Constants by their names. A number is read only as text, as the reference does: it says where a
 * constant is in the order of declaration.
 */
final class EnumCodec<E extends Enum<E>> implements ValueCodec<E> {
  private final Map<String, E> constants = new HashMap<>();
  private final Map<E, String> names;

  EnumCodec(Class<E> type, MemberNaming naming) {
    names = new EnumMap<>(type);
    E[] all = type.getEnumConstants();
    for (int i = 0; i < all.length; i++) {
      constants.put(String.valueOf(i), all[i]);
      names.put(all[i], name(all[i], type, naming));
    }
    names.forEach((constant, name) -> constants.put(name, constant));
  }

  private static String name(Enum<?> constant, Class<?> type, MemberNaming naming) {
    try {
      JsonProperty named = type.getField(constant.name()).getAnnotation(JsonProperty.class);
      return named == null || named.value().isEmpty()
          ? naming.constantName(constant.name())
          : named.value();
    } catch (NoSuchFieldException e) {
      throw new AssertionError("a constant is a public field of its class", e);
    }
  }

  @Override
  public E read(MessagePackReader in) {
    E constant = constants.get(in.readString());
    if (constant == null) {
      throw MessagePackException.invalid("A text is not the name of a constant.");
    }
    return constant;
  }

  @Override
  public void write(E value, MessagePackWriter out) {
    out.writeString(names.get(value));
  }
}
