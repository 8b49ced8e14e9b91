package dev.hubwire.deployment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The table in {@code docs/deployment/README.md}: what clients meet behind each configuration. */
final class OutcomesPage {
  private static final Path FILE = Balancer.PAGES.resolve("README.md");
  private static final String BEGIN = "<!-- Written by DeploymentTest: -->\n";
  private static final String END = "<!-- The end of what DeploymentTest writes. -->\n";

  private static final String HEAD =
      """
      | configuration | WebSockets | WebSockets, negotiation skipped | server-sent events | long polling | client may choose |
      |---|---|---|---|---|---|
      """;

  private static final Pattern ROW = Pattern.compile("\\| \\[[^]]+]\\(([^)]+)\\) \\| (.+) \\|");
  private static final Pattern NOTE = Pattern.compile("(\\d+)\\. `(.+)`");
  private static final Pattern FAILURE = Pattern.compile("fails \\((\\d+)\\)");

  private OutcomesPage() {}

  /** What it says, by configuration: {@link Outcome#text} of each way. */
  static Map<String, List<String>> read() throws IOException {
    Map<String, List<String>> rows = new LinkedHashMap<>();
    Map<String, String> notes = new LinkedHashMap<>();
    for (String line : section().split("\n", -1)) {
      Matcher row = ROW.matcher(line);
      Matcher note = NOTE.matcher(line);
      if (row.matches()) {
        rows.put(row.group(1), List.of(row.group(2).split(" \\| ", -1)));
      } else if (note.matches()) {
        notes.put(note.group(1), note.group(2));
      }
    }
    rows.replaceAll((file, cells) -> cells.stream().map(cell -> resolved(cell, notes)).toList());
    return rows;
  }

  /** Has it say this from now on. */
  static void write(Map<String, List<String>> rows) throws IOException {
    StringBuilder text = new StringBuilder(HEAD);
    List<String> notes = new ArrayList<>();
    rows.forEach(
        (file, outcomes) -> {
          text.append("| [").append(file).append("](").append(file).append(')');
          outcomes.forEach(outcome -> text.append(" | ").append(cell(outcome, notes)));
          text.append(" |\n");
        });
    text.append("\nWhat the client says:\n\n");
    for (int i = 0; i < notes.size(); i++) {
      text.append(i + 1).append(". `").append(notes.get(i)).append("`\n");
    }
    String page = Files.readString(FILE);
    Files.writeString(FILE, page.substring(0, begin(page)) + text + page.substring(end(page)));
  }

  private static String section() throws IOException {
    String page = Files.readString(FILE);
    return page.substring(begin(page), end(page));
  }

  private static int begin(String page) {
    return page.indexOf(BEGIN) + BEGIN.length();
  }

  private static int end(String page) {
    return page.indexOf(END);
  }

  private static String cell(String outcome, List<String> notes) {
    if (outcome.equals("works") || !outcome.contains(" ")) {
      return outcome;
    }
    if (!notes.contains(outcome)) {
      notes.add(outcome);
    }
    return "fails (" + (notes.indexOf(outcome) + 1) + ")";
  }

  private static String resolved(String cell, Map<String, String> notes) {
    Matcher failure = FAILURE.matcher(cell);
    return failure.matches() ? notes.getOrDefault(failure.group(1), cell) : cell;
  }
}
