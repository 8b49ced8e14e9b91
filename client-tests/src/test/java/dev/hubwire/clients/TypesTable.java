package dev.hubwire.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The table in {@code docs/types.md}. */
final class TypesTable {
  private static final Path FILE = Tools.MODULE.resolveSibling("docs/types.md");
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");

  /**
   * A row.
   *
   * @param name the type in Java
   * @param json a value of it in JSON
   * @param messagePack the same value in MessagePack, in hex
   */
  record Row(String name, String json, String messagePack) {}

  private TypesTable() {}

  static List<Row> rows() throws IOException {
    List<Row> rows =
        Files.readAllLines(FILE).stream()
            .filter(line -> line.startsWith("| `"))
            .map(TypesTable::row)
            .toList();
    assertThat(rows).as("rows of %s", FILE).isNotEmpty();
    return rows;
  }

  static List<String> names() throws IOException {
    return rows().stream().map(Row::name).toList();
  }

  private static Row row(String line) {
    String[] cells = line.split(" \\| ", -1);
    return new Row(code(cells[0]), code(cells[1]), code(cells[2]));
  }

  private static String code(String cell) {
    Matcher matcher = CODE.matcher(cell);
    assertThat(matcher.find()).as("code in %s", cell).isTrue();
    return matcher.group(1);
  }
}
