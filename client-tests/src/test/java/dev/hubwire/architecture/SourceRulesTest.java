package dev.hubwire.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/** What a source file of the project may look like. */
class SourceRulesTest {
  private static final int MAX_FILE_LINES = 400;
  private static final int MAX_TEST_FILE_LINES = 500;
  private static final int MAX_METHOD_LINES = 40;

  /** A table of cases may be longer than what is executed. */
  private static final int MAX_TEST_METHOD_LINES = 60;

  private static final Pattern UNFINISHED = Pattern.compile("\\b(TODO|FIXME)\\b");
  private static final Pattern SLEEP = Pattern.compile("\\bThread\\.sleep\\(");
  private static final Pattern DISABLED = Pattern.compile("@Disabled\\b");

  /** The folder above the module's, in which surefire runs its tests. */
  private static final Path ROOT = Path.of("").toAbsolutePath().getParent();

  @Test
  void filesAreShort() throws IOException {
    assertThat(sources().filter(SourceRulesTest::isTooLong)).isEmpty();
  }

  @Test
  void methodsAreShort() throws IOException {
    assertThat(longMethods(sources().toList())).isEmpty();
  }

  @Test
  void nothingIsLeftUnfinished() throws IOException {
    assertThat(sources().filter(contains(UNFINISHED))).isEmpty();
  }

  @Test
  void nothingSleepsAndNoTestIsDisabled() throws IOException {
    assertThat(sources().filter(contains(SLEEP).or(contains(DISABLED)))).isEmpty();
  }

  /** Every Java file of every module. */
  private static Stream<Path> sources() throws IOException {
    List<Path> found = new ArrayList<>();
    try (Stream<Path> modules = Files.list(ROOT)) {
      for (Path module : modules.filter(one -> Files.exists(one.resolve("pom.xml"))).toList()) {
        Path folder = module.resolve("src");
        if (Files.isDirectory(folder)) {
          try (Stream<Path> files = Files.walk(folder)) {
            files.filter(file -> file.toString().endsWith(".java")).forEach(found::add);
          }
        }
      }
    }
    assertThat(found).as("sources under %s", ROOT).isNotEmpty();
    return found.stream();
  }

  private static boolean isTooLong(Path file) {
    return text(file).lines().count() > (isTest(file) ? MAX_TEST_FILE_LINES : MAX_FILE_LINES);
  }

  private static boolean isTest(Path file) {
    return ROOT.relativize(file).toString().contains("src/test/");
  }

  private static Predicate<Path> contains(Pattern pattern) {
    return file -> {
      boolean isThisFile = file.endsWith("SourceRulesTest.java");
      return !isThisFile && pattern.matcher(text(file)).find();
    };
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> longMethods(List<Path> files) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (var manager = compiler.getStandardFileManager(null, null, null)) {
      var task =
          (JavacTask)
              compiler.getTask(
                  null, manager, null, null, null, manager.getJavaFileObjectsFromPaths(files));
      List<String> tooLong = new ArrayList<>();
      SourcePositions positions = Trees.instance(task).getSourcePositions();
      for (CompilationUnitTree unit : task.parse()) {
        new MethodMeter(unit, positions, tooLong).scan(unit, null);
      }
      return tooLong;
    }
  }

  /** Names the methods that are too long. */
  private static final class MethodMeter extends TreeScanner<Void, Void> {
    private final CompilationUnitTree unit;
    private final SourcePositions positions;
    private final List<String> tooLong;

    MethodMeter(CompilationUnitTree unit, SourcePositions positions, List<String> tooLong) {
      this.unit = unit;
      this.positions = positions;
      this.tooLong = tooLong;
    }

    @Override
    public Void visitMethod(MethodTree method, Void unused) {
      LineMap lines = unit.getLineMap();
      long start = lines.getLineNumber(positions.getStartPosition(unit, method));
      long end = lines.getLineNumber(positions.getEndPosition(unit, method));
      Path file = Path.of(unit.getSourceFile().toUri());
      int limit = isTest(file) ? MAX_TEST_METHOD_LINES : MAX_METHOD_LINES;
      if (end - start + 1 > limit) {
        tooLong.add(
            "%s:%d %s: %d lines (expected: <= %d)"
                .formatted(ROOT.relativize(file), start, method.getName(), end - start + 1, limit));
      }
      return super.visitMethod(method, null);
    }
  }
}
