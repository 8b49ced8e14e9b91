package dev.hubwire.protocol.messagepack;

import java.io.Serializable;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.type.TypeFactory;

/** The codecs for all types; each is made when it is needed first. Thread-safe. */
final class ValueCodecs {
  /** Types that say less about a value than its bytes do. */
  private static final Set<Class<?>> UNTYPED =
      Set.of(Object.class, Number.class, CharSequence.class, Comparable.class, Serializable.class);

  private static final Map<Class<?>, ValueCodec<?>> FIXED = fixed();

  private final BeanIntrospector introspector;

  /** Grows with the types that hubs take and send. */
  private final Map<Type, ValueCodec<?>> codecs = new ConcurrentHashMap<>(FIXED);

  ValueCodecs(MemberNaming naming) {
    this.introspector = new BeanIntrospector(naming);
  }

  private static Map<Class<?>, ValueCodec<?>> fixed() {
    Map<Class<?>, ValueCodec<?>> codecs = new HashMap<>();
    ScalarCodecs.addTo(codecs);
    TimeCodecs.addTo(codecs);
    PrimitiveArrays.addTo(codecs);
    OptionalCodec.addTo(codecs);
    return Map.copyOf(codecs);
  }

  /**
   * Reads a value, nil included.
   *
   * @throws RuntimeException of any kind if the value does not fit the type
   */
  @Nullable Object read(MessagePackReader in, Type type) {
    return of(type).readOrNil(in);
  }

  /**
   * Writes a value by its class.
   *
   * @throws RuntimeException of any kind if it cannot be written
   */
  void write(Object value, MessagePackWriter out) {
    switch (value) {
      case String text -> out.writeString(text);
      case Integer number -> out.writeLong(number);
      case Long number -> out.writeLong(number);
      case Boolean flag -> out.writeBoolean(flag);
      case Double number -> out.writeDouble(number);
      // A constant with a body of its own is of a class of its own.
      case Enum<?> constant -> write(of(constant.getDeclaringClass()), value, out);
      default -> write(of(value.getClass()), value, out);
    }
  }

  // The codec was found by the value's class.
  @SuppressWarnings("unchecked")
  private static <T> void write(ValueCodec<T> codec, Object value, MessagePackWriter out) {
    codec.write((T) value, out);
  }

  ValueCodec<?> of(Type type) {
    ValueCodec<?> codec = codecs.get(type);
    if (codec == null) {
      codec = create(introspector.resolve(type));
      codecs.put(type, codec);
    }
    return codec;
  }

  LazyCodec lazy(Type type) {
    return new LazyCodec(() -> of(type));
  }

  private ValueCodec<?> create(JavaType type) {
    Class<?> raw = type.getRawClass();
    ValueCodec<?> fixed = FIXED.get(raw);
    if (fixed != null) {
      return fixed;
    }
    if (UNTYPED.contains(raw)) {
      return new UntypedCodec(raw);
    }
    if (type.isEnumType()) {
      return enumCodec(raw);
    }
    if (type.isArrayType()) {
      JavaType component = type.getContentType();
      return new ArrayCodec(component.getRawClass(), lazy(component));
    }
    if (raw == Optional.class) {
      return OptionalCodec.of(lazy(part(type, Optional.class, 0)));
    }
    if (raw == Iterable.class || Collection.class.isAssignableFrom(raw)) {
      JavaType element = part(type, Iterable.class, 0);
      return new CollectionCodec(Containers.collections(raw, element.getRawClass()), lazy(element));
    }
    if (Map.class.isAssignableFrom(raw)) {
      return map(raw, part(type, Map.class, 0), part(type, Map.class, 1));
    }
    return isOfThePlatform(raw) ? unsupportedCodec(raw) : introspector.codec(type, this);
  }

  /** What a type says about a type parameter of a class or interface that it has. */
  private static JavaType part(JavaType type, Class<?> container, int index) {
    JavaType[] parameters = type.findTypeParameters(container);
    return index < parameters.length ? parameters[index] : TypeFactory.unknownType();
  }

  // The only enum with this class is of this type.
  @SuppressWarnings({"unchecked", "rawtypes"})
  private static ValueCodec<?> enumCodec(Class<?> type) {
    return new EnumCodec(type);
  }

  private MapCodec map(Class<?> raw, JavaType key, JavaType value) {
    Class<?> rawKey = key.getRawClass();
    LazyCodec keys =
        UNTYPED.contains(rawKey) ? new LazyCodec(() -> new UntypedCodec(rawKey, false)) : lazy(key);
    return new MapCodec(Containers.maps(raw, rawKey), keys, lazy(value));
  }

  /** What the JDK's classes say in public about themselves is not meant for a wire. */
  private static boolean isOfThePlatform(Class<?> type) {
    ClassLoader loader = type.getClassLoader();
    return loader == null || loader.equals(ClassLoader.getPlatformClassLoader());
  }

  private static ValueCodec<?> unsupportedCodec(Class<?> type) {
    return new SimpleCodec<>(
        in -> {
          throw unsupported(type);
        },
        (out, value) -> {
          throw unsupported(type);
        });
  }

  static IllegalArgumentException unsupported(Class<?> type) {
    return new IllegalArgumentException(type.getName() + " has no form in MessagePack");
  }

  static IllegalArgumentException notReadable(Class<?> type) {
    return new IllegalArgumentException(
        type.getName() + " has no constructor that values can be made with");
  }
}
