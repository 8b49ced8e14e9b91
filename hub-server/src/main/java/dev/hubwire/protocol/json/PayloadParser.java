package dev.hubwire.protocol.json;

import dev.hubwire.protocol.text.JsonScanner;
import dev.hubwire.protocol.text.Token;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.Base64Variant;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamContext;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.Version;
import tools.jackson.core.base.ParserMinimalBase;
import tools.jackson.core.io.ContentReference;
import tools.jackson.core.util.ByteArrayBuilder;
import tools.jackson.core.util.SimpleStreamReadContext;
import tools.jackson.databind.cfg.PackageVersion;

/**
 * Shows a scanner's current value to Jackson, which so takes part in the one pass over a record.
 * Used by one thread.
 */
final class PayloadParser extends ParserMinimalBase {
  /** A long holds any number of so many characters. */
  private static final int LONG_DIGITS = 18;

  private final JsonScanner scanner;
  private final NameCache names;
  private SimpleStreamReadContext context = SimpleStreamReadContext.createRootContext(null);

  /** The text of the current string or name, once somebody asked for it. */
  private @Nullable String text;

  /** The scanner stands on the value's first token, which becomes the current one. */
  PayloadParser(ObjectReadContext readContext, JsonScanner scanner, NameCache names) {
    super(readContext);
    this.scanner = scanner;
    this.names = names;
    _updateToken(entered(scanner.token()));
  }

  @Override
  public JsonToken nextToken() {
    text = null;
    return _updateToken(entered(scanner.next()));
  }

  /** Keeps the context in step with a token; returns Jackson's name for it. */
  private JsonToken entered(Token token) {
    return switch (token) {
      case OBJECT_START -> {
        context.valueRead();
        context = context.createChildObjectContext(-1, -1);
        yield JsonToken.START_OBJECT;
      }
      case ARRAY_START -> {
        context.valueRead();
        context = context.createChildArrayContext(-1, -1);
        yield JsonToken.START_ARRAY;
      }
      case OBJECT_END -> {
        context = context.clearAndGetParent();
        yield JsonToken.END_OBJECT;
      }
      case ARRAY_END -> {
        context = context.clearAndGetParent();
        yield JsonToken.END_ARRAY;
      }
      case NAME -> {
        text = names.get(scanner);
        context.setCurrentName(text);
        yield JsonToken.PROPERTY_NAME;
      }
      default -> {
        context.valueRead();
        yield scalar(token);
      }
    };
  }

  private JsonToken scalar(Token token) {
    return switch (token) {
      case STRING -> JsonToken.VALUE_STRING;
      case NUMBER ->
          scanner.isIntegral() ? JsonToken.VALUE_NUMBER_INT : JsonToken.VALUE_NUMBER_FLOAT;
      case TRUE -> JsonToken.VALUE_TRUE;
      case FALSE -> JsonToken.VALUE_FALSE;
      default -> JsonToken.VALUE_NULL;
    };
  }

  @Override
  public JsonParser skipChildren() {
    if (_currToken != null && _currToken.isStructStart()) {
      scanner.skipChildren();
      text = null;
      _updateToken(entered(scanner.token()));
    }
    return this;
  }

  @Override
  public String getString() {
    return switch (currentToken()) {
      case VALUE_STRING, PROPERTY_NAME -> {
        String known = text;
        if (known == null) {
          known = scanner.string();
          text = known;
        }
        yield known;
      }
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> scanner.numberText();
      case null -> "";
      default -> String.valueOf(currentToken().asString());
    };
  }

  @Override
  public char[] getStringCharacters() {
    return getString().toCharArray();
  }

  @Override
  public int getStringLength() {
    return getString().length();
  }

  @Override
  public int getStringOffset() {
    return 0;
  }

  @Override
  public boolean hasStringCharacters() {
    return false;
  }

  @Override
  public byte[] getBinaryValue(Base64Variant variant) {
    ByteArrayBuilder builder = new ByteArrayBuilder();
    _decodeBase64(getString(), builder, variant);
    return builder.toByteArray();
  }

  @Override
  public NumberType getNumberType() {
    return switch (getNumberValue()) {
      case Integer small -> NumberType.INT;
      case Long large -> NumberType.LONG;
      case BigInteger huge -> NumberType.BIG_INTEGER;
      default -> NumberType.DOUBLE;
    };
  }

  @Override
  public Number getNumberValue() {
    if (currentToken() == JsonToken.VALUE_NUMBER_FLOAT) {
      return scanner.doubleValue();
    }
    requireNumber(NR_INT);
    if (scanner.tokenEnd() - scanner.tokenStart() > LONG_DIGITS) {
      BigInteger value = getBigIntegerValue();
      return value.bitLength() < Long.SIZE ? (Number) value.longValue() : value;
    }
    long value = scanner.longValue();
    return value == (int) value ? (Number) (int) value : value;
  }

  @Override
  public Number getNumberValueExact() {
    return currentToken() == JsonToken.VALUE_NUMBER_FLOAT ? getDecimalValue() : getNumberValue();
  }

  @Override
  public Object getNumberValueDeferred() {
    return getNumberValueExact();
  }

  @Override
  public boolean isNaN() {
    return false;
  }

  @Override
  public int getIntValue() {
    return switch (getNumberValue()) {
      case Integer value -> value;
      case Double value -> (int) (double) value;
      default -> {
        _reportOverflowInt();
        yield 0;
      }
    };
  }

  @Override
  public long getLongValue() {
    return switch (getNumberValue()) {
      case BigInteger value -> {
        _reportOverflowLong();
        yield 0;
      }
      case Number value -> value.longValue();
    };
  }

  @Override
  public BigInteger getBigIntegerValue() {
    requireNumber(NR_BIGINT);
    if (currentToken() == JsonToken.VALUE_NUMBER_FLOAT) {
      BigDecimal value = getDecimalValue();
      streamReadConstraints().validateBigIntegerScale(value.scale());
      return value.toBigInteger();
    }
    streamReadConstraints().validateIntegerLength(scanner.tokenEnd() - scanner.tokenStart());
    return new BigInteger(scanner.numberText());
  }

  @Override
  public float getFloatValue() {
    requireNumber(NR_FLOAT);
    return Float.parseFloat(scanner.numberText());
  }

  @Override
  public double getDoubleValue() {
    requireNumber(NR_DOUBLE);
    return scanner.doubleValue();
  }

  @Override
  public BigDecimal getDecimalValue() {
    requireNumber(NR_BIGDECIMAL);
    streamReadConstraints().validateFPLength(scanner.tokenEnd() - scanner.tokenStart());
    return new BigDecimal(scanner.numberText());
  }

  private void requireNumber(int wanted) {
    if (currentToken() == null || !currentToken().isNumeric()) {
      throw _constructNotNumericType(currentToken(), wanted);
    }
  }

  @Override
  public String currentName() {
    // Between the start of a container and its first member, the name is that of the container.
    return currentToken() != null && currentToken().isStructStart()
        ? context.getParent().currentName()
        : context.currentName();
  }

  @Override
  public TokenStreamContext streamReadContext() {
    return context;
  }

  @Override
  public Object currentValue() {
    return context.currentValue();
  }

  @Override
  public void assignCurrentValue(Object value) {
    context.assignCurrentValue(value);
  }

  @Override
  public TokenStreamLocation currentTokenLocation() {
    return new TokenStreamLocation(ContentReference.unknown(), scanner.tokenStart(), -1, -1);
  }

  @Override
  public TokenStreamLocation currentLocation() {
    return new TokenStreamLocation(ContentReference.unknown(), scanner.position(), -1, -1);
  }

  @Override
  public @Nullable Object streamReadInputSource() {
    return null;
  }

  @Override
  public Version version() {
    return PackageVersion.VERSION;
  }

  @Override
  protected void _closeInput() {}

  @Override
  protected void _releaseBuffers() {}

  /** The scanner itself complains where the text ends too early. */
  @Override
  protected void _handleEOF() {}
}
