package dev.hubwire.protocol.messagepack;

import dev.hubwire.protocol.TypeFamily;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * Values whose type leaves their class open, as the .NET library's unions: an array of the key of
 * the class and the value.
 */
final class UnionCodec implements ValueCodec<Object> {
  private static final int ELEMENTS = 2;

  private final TypeFamily family;
  private final Map<Integer, LazyCodec> members = new HashMap<>();

  /**
   * @param codec the codec for values of exactly this class, which do not tell it
   */
  UnionCodec(TypeFamily family, Function<Class<?>, ValueCodec<?>> codec) {
    this.family = family;
    for (TypeFamily.Member member : family.members()) {
      members.put(member.key(), new LazyCodec(() -> codec.apply(member.type()), true));
    }
  }

  @Override
  public Object read(MessagePackReader in) {
    in.enter();
    int count = in.readArrayHeader();
    LazyCodec member = count == ELEMENTS ? members.get(in.readInt()) : null;
    if (member == null) {
      throw MessagePackException.invalid(
          "A value does not tell which " + family.root().getSimpleName() + " it is.");
    }
    Object value = member.get().read(in);
    in.leave();
    return value;
  }

  @Override
  public boolean writes(Object value) {
    return family.root().isInstance(value);
  }

  @Override
  public void write(Object value, MessagePackWriter out) {
    TypeFamily.Member member = family.member(value.getClass());
    LazyCodec codec = member == null ? null : members.get(member.key());
    if (member == null || codec == null) {
      throw new IllegalArgumentException(
          value.getClass().getName()
              + " is no class of "
              + family.root().getName()
              + " (expected: in its @JsonSubTypes)");
    }
    out.enter();
    out.writeArrayHeader(ELEMENTS);
    out.writeLong(member.key());
    codec.writeAsDeclared(value, out);
    out.leave();
  }
}
