package dev.hubwire.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * A run of a client in another language: its cases as tests, each as soon as the client's line
 * about it is there, and one more test that the run came to its end.
 */
final class ForeignRun {
  private final ChildProcess process;
  private final Function<String, Optional<ForeignCase>> reader;

  private final List<ForeignCase> played = new ArrayList<>();
  private final List<String> otherOutput = new ArrayList<>();

  /**
   * @param reader the case that a line of the client's output tells of, if it does
   */
  ForeignRun(ChildProcess process, Function<String, Optional<ForeignCase>> reader) {
    this.process = process;
    this.reader = reader;
  }

  Stream<DynamicTest> tests() {
    Stream<DynamicTest> cases = process.lines().flatMap(this::testsOf);
    return Stream.concat(cases, Stream.of(dynamicTest("the run came to its end", this::checkEnd)))
        .onClose(process::close);
  }

  private Stream<DynamicTest> testsOf(String line) {
    Optional<ForeignCase> found = reader.apply(line);
    if (found.isEmpty()) {
      otherOutput.add(line);
      return Stream.empty();
    }
    ForeignCase one = found.get();
    played.add(one);
    return Stream.of(
        dynamicTest(
            one.name(), () -> one.failure().ifPresent(what -> fail(one.name() + "\n" + what))));
  }

  private void checkEnd() throws InterruptedException {
    int status = process.exitStatus();
    assertThat(played).as("cases; other output: %s", otherOutput).isNotEmpty();
    assertThat(status)
        .as("exit status; other output: %s", otherOutput)
        .isEqualTo(played.stream().allMatch(ForeignCase::hasPassed) ? 0 : 1);
  }
}
