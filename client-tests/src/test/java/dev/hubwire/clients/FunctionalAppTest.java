package dev.hubwire.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The functional application, as the official JavaScript client finds it. */
class FunctionalAppTest {
  @TempDir private static Path folder;
  private static FunctionalApp app;

  @BeforeAll
  static void start() throws Exception {
    app = FunctionalApp.start(folder);
  }

  @AfterAll
  static void stop() {
    app.close();
  }

  @TestFactory
  Stream<DynamicTest> inNode() throws IOException {
    return JavaScriptRun.of("functional", environment());
  }

  @TestFactory
  Stream<DynamicTest> inChromium() throws IOException {
    return JavaScriptRun.of("functional-chromium", environment());
  }

  @Test
  void stopsWhenItIsToldTo(@TempDir Path own) throws Exception {
    try (FunctionalApp other = FunctionalApp.start(own)) {
      other.process().terminate();
      assertThat(other.process().lines()).isEmpty();
      assertThat(other.process().exitStatus()).isEqualTo(143);
    }
  }

  private static Map<String, String> environment() {
    return Map.of(
        "HUBWIRE_URL", app.url().toString(),
        "HUBWIRE_HTTPS_URL", app.httpsUrl().toString(),
        "HUBWIRE_WAYS", Ways.joined(),
        "HUBWIRE_CHROMIUM", Tools.chromium(),
        "NODE_EXTRA_CA_CERTS", app.certificate().toString());
  }
}
