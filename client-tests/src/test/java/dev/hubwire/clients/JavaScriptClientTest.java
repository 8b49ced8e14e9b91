package dev.hubwire.clients;

import dev.hubwire.conformance.ServerUnderTest;
import dev.hubwire.samples.chat.ChatServer;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The official JavaScript client, in Node and in Chromium. */
class JavaScriptClientTest {
  private static final int CLIENT_TIMEOUT_MS = 2_500;

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
  Stream<DynamicTest> inNode() throws IOException {
    return JavaScriptRun.of("node", environment(server.url()));
  }

  @TestFactory
  Stream<DynamicTest> inChromium() throws IOException {
    return JavaScriptRun.of("chromium", environment(server.url()));
  }

  @TestFactory
  Stream<DynamicTest> withShortIntervals() throws IOException {
    try (ServerUnderTest impatient =
        ServerUnderTest.start(
            "--keep-alive-ms", "200", "--client-timeout-ms", String.valueOf(CLIENT_TIMEOUT_MS))) {
      return played(JavaScriptRun.of("timing", environment(impatient.url())));
    }
  }

  @TestFactory
  Stream<DynamicTest> withStatefulReconnect() throws IOException {
    return JavaScriptRun.of("reconnect", environment(server.url()));
  }

  @TestFactory
  Stream<DynamicTest> inTheChat() throws IOException {
    try (ChatServer chat = ChatServer.start("127.0.0.1", 0)) {
      return played(JavaScriptRun.of("chat", environment(chat.url())));
    }
  }

  /** The whole run now, while its server is there. */
  private static Stream<DynamicTest> played(Stream<DynamicTest> run) {
    return run.toList().stream();
  }

  private static Map<String, String> environment(URI url) {
    return Map.of(
        "HUBWIRE_URL", url.toString(),
        "HUBWIRE_WAYS", Ways.joined(),
        "HUBWIRE_CLIENT_TIMEOUT_MS", String.valueOf(CLIENT_TIMEOUT_MS),
        "HUBWIRE_CHROMIUM", Tools.chromium());
  }
}
