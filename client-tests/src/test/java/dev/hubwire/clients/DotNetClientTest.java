package dev.hubwire.clients;

import dev.hubwire.conformance.ServerUnderTest;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The official .NET client. */
class DotNetClientTest {
  private static ServerUnderTest server;

  @BeforeAll
  static void start() throws IOException {
    DotNetRun.requireClient();
    server = ServerUnderTest.start();
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  @TestFactory
  Stream<DynamicTest> everyCase() throws IOException {
    return new ForeignRun(DotNetRun.start(server.url()), DotNetRun::caseOf).tests();
  }
}
