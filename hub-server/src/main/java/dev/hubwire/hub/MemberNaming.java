package dev.hubwire.hub;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How members of records and beans, and constants of enums, are called in MessagePack, unless a
 * {@code @JsonProperty} calls them by name. Unlike JSON, names on the wire are compared with their
 * case, so both sides have to agree.
 *
 * <p>The .NET library writes and expects the names that a class declares, which by its custom start
 * with a capital. JavaScript has no types: its clients use whatever names the server uses. A server
 * that takes the place of one in .NET needs {@link #PASCAL_CASE}, for its .NET clients and for
 * JavaScript written for it.
 */
public enum MemberNaming {
  /**
   * The names of record components, bean properties and constants as they are in Java. For
   * JavaScript and Java clients, and .NET clients with names given by {@code [Key]}.
   */
  AS_DECLARED,

  /**
   * With a capital in front: {@code homeUrl} becomes {@code HomeUrl}, the constant {@code DARK_RED}
   * becomes {@code DarkRed}. For .NET clients, and clients written for a .NET server.
   */
  PASCAL_CASE,

  /**
   * Capitals in front become small, but for one that starts a word: {@code URLValue} becomes {@code
   * urlValue}, as in JSON. Differs from {@link #AS_DECLARED} only for names that are not in the
   * custom of Java. Constants are called as declared.
   */
  CAMEL_CASE;

  /** Words of capitals and digits, as constants are called in Java. */
  private static final Pattern CONSTANT = Pattern.compile("[A-Z][A-Z0-9]*(_[A-Z0-9]+)*");

  private static final Pattern WORD = Pattern.compile("_?([A-Z0-9])([A-Z0-9]*)");

  /** The name on the wire of a member. */
  public String memberName(String declared) {
    return switch (this) {
      case AS_DECLARED -> declared;
      case PASCAL_CASE -> declared.substring(0, 1).toUpperCase(Locale.ROOT) + declared.substring(1);
      case CAMEL_CASE -> camelCase(declared);
    };
  }

  /** The name on the wire of a constant. */
  public String constantName(String declared) {
    if (this != PASCAL_CASE || !CONSTANT.matcher(declared).matches()) {
      return declared;
    }
    Matcher words = WORD.matcher(declared);
    return words.replaceAll(word -> word.group(1) + word.group(2).toLowerCase(Locale.ROOT));
  }

  private static String camelCase(String name) {
    char[] letters = name.toCharArray();
    for (int i = 0; i < letters.length && Character.isUpperCase(letters[i]); i++) {
      boolean startsWord =
          i > 0 && i + 1 < letters.length && !Character.isUpperCase(letters[i + 1]);
      if (startsWord) {
        break;
      }
      letters[i] = Character.toLowerCase(letters[i]);
    }
    return new String(letters);
  }
}
