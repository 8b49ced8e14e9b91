package dev.hubwire.deployment;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What came of one way to connect: a line of {@code deployment.mjs}.
 *
 * @param way its name
 * @param nodes that had connections
 * @param transports that were used
 * @param error what the first client that failed was told, or null
 */
record Outcome(String way, List<String> nodes, List<String> transports, @Nullable String error) {
  private static final Pattern TAG = Pattern.compile("<[^>]*>");
  private static final Pattern BLANKS = Pattern.compile("\\s+");
  private static final Pattern NOT_TRIED =
      Pattern.compile("\\w+ failed: Error: '\\w+' is disabled by the client\\. ?");
  private static final Pattern NODE = Pattern.compile("node 'n\\d'");

  /** What the page says of it: how it went, or the client's words. */
  String text() {
    if (error != null) {
      String words = BLANKS.matcher(TAG.matcher(error).replaceAll(" ")).replaceAll(" ");
      String tried = NOT_TRIED.matcher(words).replaceAll("");
      return NODE.matcher(tried).replaceAll("node '...'").strip();
    }
    return way.equals("any") ? String.join(", ", transports) : "works";
  }
}
