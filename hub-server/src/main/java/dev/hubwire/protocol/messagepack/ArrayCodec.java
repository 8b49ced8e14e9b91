package dev.hubwire.protocol.messagepack;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Arrays of objects. */
final class ArrayCodec implements ValueCodec<@Nullable Object[]> {
  private final @Nullable Object[] empty;
  private final LazyCodec element;

  ArrayCodec(Class<?> componentType, LazyCodec element) {
    this.empty = (@Nullable Object[]) Array.newInstance(componentType, 0);
    this.element = element;
  }

  @Override
  public @Nullable Object[] read(MessagePackReader in) {
    in.enter();
    List<@Nullable Object> values = new ArrayList<>();
    for (int left = in.readArrayHeader(); left > 0; left--) {
      values.add(element.read(in));
    }
    in.leave();
    return values.toArray(empty);
  }

  @Override
  public boolean writes(Object value) {
    return value instanceof Object[];
  }

  @Override
  public void write(@Nullable Object[] values, MessagePackWriter out) {
    out.enter();
    out.writeArrayHeader(values.length);
    for (Object value : values) {
      element.write(value, out);
    }
    out.leave();
  }
}
