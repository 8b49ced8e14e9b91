package dev.hubwire.wire;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.hubwire.conformance.ServerUnderTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The exchanges recorded in {@code src/test/resources/exchanges}. */
class ExchangesTest {
  private static ServerUnderTest server;

  @BeforeAll
  static void start() throws IOException {
    server = ServerUnderTest.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @TestFactory
  Stream<DynamicTest> handshake() throws IOException {
    return exchanges("handshake.txt");
  }

  @TestFactory
  Stream<DynamicTest> invocation() throws IOException {
    return exchanges("invocation.txt");
  }

  @TestFactory
  Stream<DynamicTest> records() throws IOException {
    return exchanges("records.txt");
  }

  @TestFactory
  Stream<DynamicTest> closing() throws IOException {
    return exchanges("closing.txt");
  }

  @TestFactory
  Stream<DynamicTest> messagePack() throws IOException {
    return exchanges("messagepack.txt");
  }

  private static Stream<DynamicTest> exchanges(String file) throws IOException {
    List<String> lines = Files.readAllLines(Path.of("src/test/resources/exchanges", file));
    return Exchange.read(file, lines).stream()
        .map(one -> dynamicTest(one.name(), () -> one.play(server.url())));
  }
}
