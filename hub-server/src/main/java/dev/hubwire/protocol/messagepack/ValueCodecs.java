package dev.hubwire.protocol.messagepack;

import dev.hubwire.hub.MemberNaming;
import dev.hubwire.protocol.TypeFamily;
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

  private final MemberNaming naming;
  private final BeanIntrospector introspector;

  /** Grows with the types that hubs take and send. */
  private final Map<Type, ValueCodec<?>> codecs = new ConcurrentHashMap<>(FIXED);

  /** The codecs for values of which nothing is known but their class. Grows likewise. */
  private final Map<Class<?>, ValueCodec<?>> written = new ConcurrentHashMap<>();

  ValueCodecs(MemberNaming naming) {
    this.naming = naming;
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
      default -> write(ofValues(value.getClass()), value, out);
    }
  }

  private ValueCodec<?> ofValues(Class<?> type) {
    ValueCodec<?> codec = written.get(type);
    if (codec == null) {
      TypeFamily family = TypeFamily.containing(type);
      codec = of(family == null ? type : family.root());
      written.put(type, codec);
    }
    return codec;
  }

  // The codec was found by the value's class, or says that it writes it.
  @SuppressWarnings("unchecked")
  static <T> void write(ValueCodec<T> codec, Object value, MessagePackWriter out) {
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
    return new LazyCodec(() -> of(type), saysMore(introspector.resolve(type)));
  }

  /** Of a class alone, type parameters are not known, nor whether a value has to tell it. */
  private static boolean saysMore(JavaType type) {
    return type.isContainerType()
        || type.hasGenericTypes()
        || TypeFamily.containing(type.getRawClass()) != null;
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
      return enumCodec(raw, naming);
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
    if (isOfThePlatform(raw)) {
      return unsupportedCodec(raw);
    }
    TypeFamily family = TypeFamily.of(raw);
    return family == null
        ? introspector.codec(type, this)
        : new UnionCodec(
            family, member -> introspector.codec(introspector.below(type, member), this));
  }

  /** What a type says about a type parameter of a class or interface that it has. */
  private static JavaType part(JavaType type, Class<?> container, int index) {
    JavaType[] parameters = type.findTypeParameters(container);
    return index < parameters.length ? parameters[index] : TypeFactory.unknownType();
  }

  // The only enum with this class is of this type.
  @SuppressWarnings({"unchecked", "rawtypes"})
  private static ValueCodec<?> enumCodec(Class<?> type, MemberNaming naming) {
    return new EnumCodec(type, naming);
  }

  private MapCodec map(Class<?> raw, JavaType key, JavaType value) {
    Class<?> rawKey = key.getRawClass();
    LazyCodec keys =
        UNTYPED.contains(rawKey)
            ? new LazyCodec(() -> new UntypedCodec(rawKey, false), false)
            : lazy(key);
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
