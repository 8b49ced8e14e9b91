package dev.hubwire.transport.endpoint;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A query string, read as the reference reads it: names in any letter case, {@code +} for a space,
 * and a percent sign that starts no escape standing for itself ({@code
 * docs/protocol/connections.md} §1.1). Immutable.
 */
final class QueryString {
  private final List<String> pairs;

  private QueryString(List<String> pairs) {
    this.pairs = List.copyOf(pairs);
  }

  /**
   * @param raw without the question mark, as it came; may be empty
   */
  static QueryString parse(String raw) {
    List<String> pairs = new ArrayList<>();
    for (String part : raw.split("&", -1)) {
      if (!part.isEmpty()) {
        int equals = part.indexOf('=');
        pairs.add(decode(equals < 0 ? part : part.substring(0, equals)));
        pairs.add(equals < 0 ? "" : decode(part.substring(equals + 1)));
      }
    }
    return new QueryString(pairs);
  }

  /** Names and values in turn, decoded, in order; unmodifiable. */
  List<String> pairs() {
    return pairs;
  }

  /**
   * The value of a parameter; several are joined by commas, empty ones left out. Null if there is
   * none of this name.
   */
  @Nullable String value(String name) {
    String joined = null;
    for (int i = 0; i < pairs.size(); i += 2) {
      if (pairs.get(i).equalsIgnoreCase(name)) {
        String next = pairs.get(i + 1);
        if (joined == null || joined.isEmpty()) {
          joined = next;
        } else if (!next.isEmpty()) {
          joined = joined + "," + next;
        }
      }
    }
    return joined;
  }

  private static String decode(String text) {
    if (text.indexOf('%') < 0 && text.indexOf('+') < 0) {
      return text;
    }
    byte[] escaped = text.getBytes(UTF_8);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(escaped.length);
    for (int i = 0; i < escaped.length; i++) {
      int value = escaped[i] == '%' ? escape(escaped, i + 1) : -1;
      if (value >= 0) {
        bytes.write(value);
        i += 2;
      } else {
        bytes.write(escaped[i] == '+' ? ' ' : escaped[i]);
      }
    }
    return bytes.toString(UTF_8);
  }

  /** The byte that two hexadecimal digits stand for, or -1 if there are not two. */
  private static int escape(byte[] text, int at) {
    if (at + 2 > text.length) {
      return -1;
    }
    int high = Character.digit(text[at], 16);
    int low = Character.digit(text[at + 1], 16);
    return high < 0 || low < 0 ? -1 : high << 4 | low;
  }
}
