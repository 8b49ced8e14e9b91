package dev.hubwire.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hubwire.conformance.ServerUnderTest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Where the official client in Chromium ends up behind proxies that do not let everything through.
 */
class FallbackTest {
  private static final Duration LIMIT = Duration.ofMinutes(1);

  /** How soon a server gives up a client that does not hear it. */
  private static final String[] QUICKLY = {"--handshake-timeout-ms", "2000"};

  private static final String WITH_UPGRADE =
      """
      proxy_set_header Upgrade $http_upgrade;
      proxy_set_header Connection upgrade;
      """;

  /** What nginx does unless it is told otherwise: the request arrives without its upgrade. */
  private static final String WITHOUT_UPGRADE = "proxy_set_header Connection '';";

  private static final String WITHOUT_EVENT_STREAMS =
      "if ($http_accept ~ event-stream) { return 502; }";

  /** Nothing that the response asks for is heeded: events wait until they are worth compressing. */
  private static final String HOLDING_EVENTS_BACK =
      """
      proxy_ignore_headers X-Accel-Buffering;
      proxy_hide_header Content-Encoding;
      gzip on;
      gzip_types text/event-stream;
      """;

  private static ServerUnderTest server;

  @TempDir private Path folder;

  @BeforeAll
  static void start() throws IOException {
    server = ServerUnderTest.start(QUICKLY);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void aProxyThatPassesUpgradesCarriesWebSockets() throws Exception {
    assertThat(transportThrough(WITH_UPGRADE)).isEqualTo("WebSockets");
  }

  /** nginx buffers responses too, but for those whose header asks it not to. */
  @Test
  void aProxyWithoutUpgradesCarriesServerSentEvents() throws Exception {
    assertThat(transportThrough(WITHOUT_UPGRADE)).isEqualTo("ServerSentEvents");
  }

  @Test
  void aProxyWithoutEventStreamsCarriesLongPolls() throws Exception {
    assertThat(transportThrough(WITHOUT_UPGRADE + WITHOUT_EVENT_STREAMS)).isEqualTo("LongPolling");
  }

  /**
   * The client waits for a stream that nginx keeps to itself until the server gives up; the page
   * tries again, and is not offered a stream then. Nor would the clients of other tests be, so this
   * one has a server of its own.
   */
  @Test
  void aProxyThatHoldsEventsBackInSpiteOfTheirHeaderCarriesLongPolls() throws Exception {
    try (ServerUnderTest own = ServerUnderTest.start(QUICKLY)) {
      assertThat(transportThrough(WITHOUT_UPGRADE + HOLDING_EVENTS_BACK, own))
          .isEqualTo("LongPolling");
    }
  }

  private String transportThrough(String location) throws IOException, InterruptedException {
    return transportThrough(location, server);
  }

  private String transportThrough(String location, ServerUnderTest behind)
      throws IOException, InterruptedException {
    try (NginxProxy proxy = NginxProxy.start(folder, behind.url(), location);
        ChildProcess browser =
            ChildProcess.start(
                List.of(Tools.node(), "fallback.mjs"),
                Tools.javaScript(),
                Map.of("HUBWIRE_URL", proxy.url().toString(), "HUBWIRE_CHROMIUM", Tools.chromium()),
                LIMIT)) {
      List<String> lines = browser.lines().toList();
      assertThat(browser.exitStatus()).as(String.join("\n", lines)).isZero();
      return lines.getLast();
    }
  }
}
