package dev.hubwire.protocol.json;

import java.util.Base64;
import java.util.regex.Pattern;

/**
 * Bytes as the reference server spells them: white space may be anywhere, the padding must be
 * there, and bits that no byte needs must be 0.
 */
final class Base64Text {
  private static final Pattern BLANKS = Pattern.compile("[ \\t\\r\\n]+");

  /** The last digit before one or two signs of padding, of which two or four bits count. */
  private static final String LAST_OF_THREE = "AEIMQUYcgkosw048";

  private static final String LAST_OF_TWO = "AQgw";

  private Base64Text() {}

  static String write(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  /**
   * @throws IllegalArgumentException if it is something else
   */
  static byte[] read(String text) {
    String digits = BLANKS.matcher(text).replaceAll("");
    int length = digits.length();
    if (length % 4 != 0 || !endsWell(digits, length)) {
      throw new IllegalArgumentException("Not base64 with padding");
    }
    return Base64.getDecoder().decode(digits);
  }

  private static boolean endsWell(String digits, int length) {
    if (digits.endsWith("==")) {
      return LAST_OF_TWO.indexOf(digits.charAt(length - 3)) >= 0;
    }
    return !digits.endsWith("=") || LAST_OF_THREE.indexOf(digits.charAt(length - 2)) >= 0;
  }
}
