package dev.hubwire.samples.snippets;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The Java that the documentation shows is Java that the build compiles. */
class DocsSnippetsTest {
  /** In a page: {@code ```java NAME}. */
  private static final Pattern BLOCK =
      Pattern.compile("(?ms)^ *```java(?<name>[^\n]*)\n(?<text>.*?)^ *```$");

  /** In a source file: {@code // docs:NAME} to {@code // docs:end}. */
  private static final Pattern REGION =
      Pattern.compile("(?ms)^ *// docs:(?!end$)(?<name>[^\n]*)\n(?<text>.*?)^ *// docs:end$");

  /** The folder above the module's, in which surefire runs its tests. */
  private static final Path ROOT = Objects.requireNonNull(Path.of("").toAbsolutePath().getParent());

  private static final Path SOURCES = ROOT.resolve("samples/src/main/java");

  private record Snippet(String name, String text) {
    static Snippet of(MatchResult match) {
      return new Snippet(
          match.group("name").strip(), match.group("text").stripTrailing().stripIndent());
    }
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("shown")
  void aPageShowsWhatIsCompiled(Path page, String name, String text) {
    assertThat(regions())
        .filteredOn(Snippet::name, name)
        .as("region '// docs:%s', for %s", name, page)
        .singleElement()
        .extracting(Snippet::text)
        .isEqualTo(text);
  }

  @Test
  void everyRegionIsShownByAPage() {
    assertThat(regions())
        .extracting(Snippet::name)
        .isSubsetOf(shown().map(block -> String.valueOf(block.get()[1])).toList());
  }

  static Stream<Arguments> shown() {
    return Stream.concat(Stream.of(ROOT.resolve("README.md")), files(ROOT.resolve("docs"), ".md"))
        .flatMap(
            page ->
                snippets(BLOCK, page).stream()
                    .map(block -> Arguments.of(ROOT.relativize(page), block.name(), block.text())));
  }

  private static List<Snippet> regions() {
    return files(SOURCES, ".java").flatMap(file -> snippets(REGION, file).stream()).toList();
  }

  private static List<Snippet> snippets(Pattern pattern, Path file) {
    Matcher matcher = pattern.matcher(text(file));
    return matcher.results().map(Snippet::of).toList();
  }

  private static Stream<Path> files(Path folder, String ending) {
    List<Path> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder)) {
      files.filter(file -> file.toString().endsWith(ending)).sorted().forEach(found::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found.stream();
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
