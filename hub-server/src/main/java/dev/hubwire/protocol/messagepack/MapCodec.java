package dev.hubwire.protocol.messagepack;

import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Maps, with keys of any type. No key may come twice.
 *
 * @param factory makes an empty one; throws where none can be made
 */
record MapCodec(
    Supplier<? extends Map<Object, @Nullable Object>> factory, LazyCodec key, LazyCodec value)
    implements ValueCodec<Map<Object, @Nullable Object>> {

  @Override
  public Map<Object, @Nullable Object> read(MessagePackReader in) {
    in.enter();
    Map<Object, @Nullable Object> entries = factory.get();
    for (int left = in.readMapHeader(); left > 0; left--) {
      put(entries, key.read(in), value.read(in));
    }
    in.leave();
    return entries;
  }

  static void put(
      Map<Object, @Nullable Object> entries, @Nullable Object key, @Nullable Object value) {
    if (key == null) {
      throw MessagePackException.invalid("A key is nil.");
    }
    int size = entries.size();
    entries.put(key, value);
    if (entries.size() == size) {
      throw MessagePackException.invalid("A key comes twice.");
    }
  }

  @Override
  public boolean writes(Object value) {
    return value instanceof Map;
  }

  @Override
  public void write(Map<Object, @Nullable Object> entries, MessagePackWriter out) {
    out.enter();
    int left = entries.size();
    out.writeMapHeader(left);
    for (Map.Entry<Object, @Nullable Object> entry : entries.entrySet()) {
      key.write(entry.getKey(), out);
      value.write(entry.getValue(), out);
      left--;
    }
    CollectionCodec.requireWhole(left);
    out.leave();
  }
}
