package dev.hubwire.protocol.text;

import org.jspecify.annotations.Nullable;

/**
 * Reads the tokens of one JSON text in place, in one pass, and checks its grammar as strictly as
 * the reference server does: no comments, no trailing commas, at most {@value #MAX_DEPTH} open
 * containers. What follows the end of the first value is not looked at.
 *
 * <p>A general parser would nearly do. But the reference tells a string that cannot be decoded from
 * a text that is not JSON (the one fails a call, the other the connection) and decodes a string
 * only where somebody asks for it; and this is the hottest code of a hub server, which here costs
 * one small object for each text.
 *
 * <p>A syntax error is final: every later {@link #next()} throws it again. Not thread-safe.
 */
public final class JsonScanner extends JsonLexer {
  /** How many containers may be open at once ({@code docs/protocol/hub-protocol.md} §4.2). */
  public static final int MAX_DEPTH = 64;

  /** The kinds of the open containers: the innermost in bit 0, 1 for an object. */
  private long objects;

  private int depth;
  private @Nullable Token token;

  /**
   * @param bytes read in place, so they must not change meanwhile
   * @param start index of the first byte
   * @param end index after the last byte
   */
  public JsonScanner(byte[] bytes, int start, int end) {
    super(bytes, start, end);
  }

  /**
   * Moves to the next token. A {@link Token#NAME} is followed by its value.
   *
   * @throws JsonException if the text is not JSON, or ends here
   */
  public Token next() {
    if (failure != null) {
      throw failure;
    }
    int c = skipBlanks();
    Token previous = token;
    if (previous == null) {
      return value(c);
    }
    if (c == '/') {
      // The words the reference has for most comments.
      throw notAfterValue();
    }
    return switch (previous) {
      case ARRAY_START -> c == ']' ? close(Token.ARRAY_END) : value(c);
      case NAME -> value(c);
      case OBJECT_START -> c == '}' ? close(Token.OBJECT_END) : name(c);
      default -> afterValue(c);
    };
  }

  /** The token {@link #next()} returned last. */
  public Token token() {
    if (token == null) {
      throw new IllegalStateException("token: none (expected: next() before)");
    }
    return token;
  }

  /** How many containers are open. An end token is counted as outside of what it ends. */
  public int depth() {
    return depth;
  }

  /** Index of the first byte of the current token; of a string, after its quote. */
  public int tokenStart() {
    return tokenStart;
  }

  /** Index after the last byte of the current token; of a string, before its quote. */
  public int tokenEnd() {
    return tokenEnd;
  }

  /** Index after all that was read. */
  public int position() {
    return position;
  }

  /** Moves from the start of a container to its end; stays where it is on any other value. */
  public void skipChildren() {
    if (token().isStart()) {
      skipTo(depth - 1);
    }
  }

  /** Moves on until no more than this many containers are open. */
  public void skipTo(int outerDepth) {
    while (depth > outerDepth) {
      next();
    }
  }

  /** A scanner of the same text which reads again from the current token, a value, on. */
  public JsonScanner again() {
    JsonScanner copy = new JsonScanner(bytes, start, end);
    copy.position = token() == Token.STRING ? tokenStart - 1 : tokenStart;
    boolean opened = token().isStart();
    copy.depth = opened ? depth - 1 : depth;
    copy.objects = opened ? objects >>> 1 : objects;
    copy.token = Token.NAME;
    return copy;
  }

  /** The text of the current name or string. */
  public String string() {
    if (!special) {
      return JsonStrings.decode(bytes, tokenStart, tokenEnd, ascii);
    }
    return JsonStrings.unescape(bytes, tokenStart, tokenEnd);
  }

  /** Whether the current name or string has escapes. */
  public boolean hasEscapes() {
    return special;
  }

  /** Whether the current name or string has ASCII characters only, and no escapes. */
  public boolean isPlainAscii() {
    return ascii && !special;
  }

  /**
   * Whether the current name or string is this text.
   *
   * @param text of ASCII characters only
   * @throws JsonException if it has escapes that mean nothing, and could be the text but for them
   */
  public boolean textIs(String text) {
    if (special) {
      return JsonStrings.unescapedEquals(bytes, tokenStart, tokenEnd, text);
    }
    int length = tokenEnd - tokenStart;
    if (length != text.length()) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (bytes[tokenStart + i] != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** A hash of the bytes of the current token. */
  public int textHash() {
    int hash = 0;
    for (int i = tokenStart; i < tokenEnd; i++) {
      hash = hash * 31 + bytes[i];
    }
    return hash;
  }

  /** Whether the current number has neither fraction nor exponent. */
  public boolean isIntegral() {
    return !special;
  }

  /**
   * The current number.
   *
   * @throws JsonException if it has a fraction or an exponent, or does not fit
   */
  public int intValue() {
    long value =
        special ? Long.MIN_VALUE : JsonNumbers.longValue(bytes, tokenStart, tokenEnd, "Int32");
    if (value != (int) value) {
      throw JsonException.badNumber("Int32");
    }
    return (int) value;
  }

  /**
   * The current number.
   *
   * @throws JsonException if it has a fraction or an exponent, or does not fit
   */
  public long longValue() {
    if (special) {
      throw JsonException.badNumber("Int64");
    }
    return JsonNumbers.longValue(bytes, tokenStart, tokenEnd, "Int64");
  }

  /** The current number; infinite where it is too large. */
  public double doubleValue() {
    return JsonNumbers.doubleValue(bytes, tokenStart, tokenEnd, special);
  }

  /** The current number as it is written. */
  public String numberText() {
    return JsonStrings.decode(bytes, tokenStart, tokenEnd, true);
  }

  private Token afterValue(int c) {
    boolean inObject = inObject();
    if (c == ',') {
      return afterComma(inObject);
    }
    if (c == '}' || c == ']') {
      if (inObject != (c == '}')) {
        throw failAt(position, "%s is invalid without a matching open.");
      }
      return close(inObject ? Token.OBJECT_END : Token.ARRAY_END);
    }
    throw notAfterValue();
  }

  private JsonException notAfterValue() {
    return failAt(position, "%s is invalid after a value. Expected either ',', '}', or ']'.");
  }

  private Token afterComma(boolean inObject) {
    int comma = position++;
    int c = skipBlanks();
    if (c < 0) {
      throw fail(
          position == comma + 1 ? comma : position,
          "Expected start of a property name or value, but instead reached end of data.");
    }
    if (c == (inObject ? '}' : ']')) {
      throw fail(
          position,
          "The JSON "
              + (inObject ? "object" : "array")
              + " contains a trailing comma at the end which is not supported in this mode."
              + " Change the reader options.");
    }
    return inObject ? name(c) : value(c);
  }

  private Token name(int c) {
    if (c != '"') {
      throw failAt(position, "%s is an invalid start of a property name. Expected a '\"'.");
    }
    scanString();
    c = skipBlanks();
    if (c != ':') {
      throw c < 0
          ? fail(end, "Expected a value, but instead reached end of data.")
          : failAt(position, "%s is invalid after a property name. Expected a ':'.");
    }
    position++;
    return found(Token.NAME);
  }

  private Token value(int c) {
    return switch (c) {
      case '{' -> open(Token.OBJECT_START, 1);
      case '[' -> open(Token.ARRAY_START, 0);
      case '"' -> {
        scanString();
        yield found(Token.STRING);
      }
      case 't' -> {
        scanLiteral("true");
        yield found(Token.TRUE);
      }
      case 'f' -> {
        scanLiteral("false");
        yield found(Token.FALSE);
      }
      case 'n' -> {
        scanLiteral("null");
        yield found(Token.NULL);
      }
      default -> {
        if (c != '-' && !isDigit(c)) {
          throw failAt(position, "%s is an invalid start of a value.");
        }
        scanNumber(depth == 0);
        yield found(Token.NUMBER);
      }
    };
  }

  private Token open(Token kind, int bit) {
    if (depth == MAX_DEPTH) {
      throw fail(
          position,
          "The maximum configured depth of 64 has been exceeded. Cannot read next JSON "
              + (bit == 1 ? "object" : "array")
              + ".");
    }
    depth++;
    objects = objects << 1 | bit;
    return single(kind);
  }

  private Token close(Token kind) {
    depth--;
    objects >>>= 1;
    return single(kind);
  }

  private Token single(Token kind) {
    tokenStart = position;
    position++;
    tokenEnd = position;
    return found(kind);
  }

  private Token found(Token kind) {
    token = kind;
    return kind;
  }

  private boolean inObject() {
    return (objects & 1) != 0;
  }
}
