package dev.hubwire.protocol.messagepack;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.introspect.AnnotatedMember;

/**
 * Records and beans as maps from the names of their members. Of a member that comes twice the last
 * one counts.
 */
final class BeanCodec implements ValueCodec<Object> {
  /** In the place of a member that did not come. */
  private static final Object ABSENT = new Object();

  /** A member that is written: its name, and where its value is. */
  record Getter(String name, LazyCodec codec, AnnotatedMember accessor) {}

  /**
   * A member that is read.
   *
   * @param parameter which parameter of the creator it is, or -1
   * @param setter takes it where it is no parameter
   */
  record Setter(String name, LazyCodec codec, int parameter, @Nullable AnnotatedMember setter) {}

  private final Class<?> type;
  private final BeanCreator creator;
  private final Setter[] setters;
  private final byte[][] setterNames;
  private final Getter[] getters;
  private final byte[][] getterNames;

  BeanCodec(Class<?> type, BeanCreator creator, List<Setter> setters, List<Getter> getters) {
    this.type = type;
    this.creator = creator;
    this.setters = setters.toArray(Setter[]::new);
    this.setterNames = encoded(setters.stream().map(Setter::name));
    this.getters = getters.toArray(Getter[]::new);
    this.getterNames = encoded(getters.stream().map(Getter::name));
  }

  private static byte[][] encoded(Stream<String> names) {
    return names.map(name -> name.getBytes(UTF_8)).toArray(byte[][]::new);
  }

  @Override
  public Object read(MessagePackReader in) {
    @Nullable Object[] values = new @Nullable Object[setters.length];
    Arrays.fill(values, ABSENT);
    in.enter();
    int next = 0;
    for (int left = in.readMapHeader(); left > 0; left--) {
      int index = in.readName(setterNames, next);
      if (index < 0) {
        in.skip();
      } else {
        values[index] = setters[index].codec.read(in);
        next = index + 1;
      }
    }
    in.leave();
    return make(values);
  }

  private Object make(@Nullable Object[] values) {
    @Nullable Object[] arguments = creator.defaults();
    for (int i = 0; i < values.length; i++) {
      Setter setter = setters[i];
      if (setter.parameter >= 0) {
        arguments[setter.parameter] = values[i] == ABSENT ? setter.codec.get().absent() : values[i];
      }
    }
    Object bean = creator.make(arguments);
    for (int i = 0; i < values.length; i++) {
      AnnotatedMember setter = setters[i].setter;
      if (setter != null && values[i] != ABSENT) {
        setter.setValue(bean, values[i]);
      }
    }
    return bean;
  }

  /** A value of a class below the declared one has members of its own. */
  @Override
  public boolean writes(Object value) {
    return value.getClass() == type;
  }

  @Override
  public void write(Object bean, MessagePackWriter out) {
    out.enter();
    out.writeMapHeader(getters.length);
    for (int i = 0; i < getters.length; i++) {
      out.writeUtf8(getterNames[i]);
      getters[i].codec.write(getters[i].accessor.getValue(bean), out);
    }
    out.leave();
  }
}
