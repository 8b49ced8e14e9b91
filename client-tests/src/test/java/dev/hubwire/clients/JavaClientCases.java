package dev.hubwire.clients;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.microsoft.signalr.HubException;
import dev.hubwire.conformance.ServerUnderTest;
import java.io.IOException;
import java.net.URI;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.Parameter;

/**
 * The official Java client against the conformance hub. Subclasses are played once for each way;
 * what the cases of the JavaScript suite show is shown here too, as far as this client can do it.
 */
abstract class JavaClientCases {
  /** Whatever JSON, records or UTF-8 could trip over. */
  static final String TRICKY =
      "plain \"quoted\" \\ back\r\nnew\u001eline\ttab \u0000 nul \u00fcn\u00efc\u00f6d\u00e9"
          + " \ud55c\uad6d\uc5b4 \ud83d\ude80 <script>&amp;\u2028\u2029";

  /** One class is played at a time. */
  private static @Nullable ServerUnderTest server;

  @Parameter JavaWay way = JavaWay.WEB_SOCKETS;
  JavaStage stage = new JavaStage(URI.create("http://127.0.0.1"), way);

  @BeforeAll
  static void start() throws IOException {
    server = ServerUnderTest.start();
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  @BeforeEach
  void enter() {
    stage = new JavaStage(serverUrl(), way);
  }

  @AfterEach
  void leave() {
    stage.close();
  }

  static URI serverUrl() {
    if (server == null) {
      throw new IllegalStateException("the server is there while cases are played");
    }
    return server.url();
  }

  /** The server refuses, and this is what the client is told. */
  static void refused(ThrowingCallable call, String text) {
    assertThatThrownBy(call).isInstanceOf(HubException.class).hasMessage(text);
  }
}
