package dev.hubwire.protocol.messagepack;

import java.util.Collection;
import java.util.ConcurrentModificationException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Collections as arrays.
 *
 * @param factory makes an empty one; throws where none can be made
 */
record CollectionCodec(Supplier<? extends Collection<@Nullable Object>> factory, LazyCodec element)
    implements ValueCodec<Collection<@Nullable Object>> {

  @Override
  public Collection<@Nullable Object> read(MessagePackReader in) {
    in.enter();
    Collection<@Nullable Object> values = factory.get();
    // Room is made as elements come: a few bytes could announce many of them on every level.
    for (int left = in.readArrayHeader(); left > 0; left--) {
      values.add(element.read(in));
    }
    in.leave();
    return values;
  }

  @Override
  public boolean writes(Object value) {
    return value instanceof Collection;
  }

  @Override
  public void write(Collection<@Nullable Object> values, MessagePackWriter out) {
    out.enter();
    int left = values.size();
    out.writeArrayHeader(left);
    for (Object value : values) {
      element.write(value, out);
      left--;
    }
    requireWhole(left);
    out.leave();
  }

  /** What does not have as many parts as it said would take others for its parts. */
  static void requireWhole(int left) {
    if (left != 0) {
      throw new ConcurrentModificationException("changed while it was written");
    }
  }
}
