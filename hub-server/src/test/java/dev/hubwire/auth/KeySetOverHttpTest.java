package dev.hubwire.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.hubwire.transport.Authenticator.Refused;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Against an issuer on a real socket. */
@Timeout(30)
class KeySetOverHttpTest {
  private final ExecutorService fetcher = Executors.newSingleThreadExecutor();
  private final ExecutorService handlers = Executors.newCachedThreadPool();
  private final CountDownLatch answer = new CountDownLatch(1);
  private HttpServer issuer;

  @BeforeEach
  void startIssuer() throws IOException {
    issuer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    issuer.setExecutor(handlers);
    issuer.start();
  }

  @AfterEach
  void stopIssuer() {
    answer.countDown();
    issuer.stop(0);
    fetcher.shutdownNow();
    handlers.shutdownNow();
  }

  @Test
  void acceptsTokensAsSoonAsTheIssuerHasAnswered() throws Exception {
    publish(200, Tokens.keySet(Tokens.RSA));
    JwtAuthenticator authenticator = authenticator();
    var request = Tokens.bearer(Tokens.rs256(Tokens.RSA, "rsa-1", Tokens.claims()));

    assertThat(authenticator.authenticate(request))
        .isEqualTo(
            new Refused("kid: rsa-1 (its key is not known; the issuer's keys are being fetched)"));

    answer.countDown();
    authenticator.ready().toCompletableFuture().get(20, TimeUnit.SECONDS);
    assertThat(authenticator.authenticate(request).user()).isNotNull();
  }

  @Test
  void saysThatTheIssuerHasNoKeys() {
    publish(404, "no keys here");
    answer.countDown();
    assertThatThrownBy(
            () -> authenticator().ready().toCompletableFuture().get(20, TimeUnit.SECONDS))
        .hasRootCauseInstanceOf(IOException.class);
  }

  @Test
  void refusesASetOfUnreasonableSize() {
    publish(200, " ".repeat(300_000) + Tokens.keySet(Tokens.RSA));
    answer.countDown();
    assertThatThrownBy(
            () -> authenticator().ready().toCompletableFuture().get(20, TimeUnit.SECONDS))
        .hasRootCauseInstanceOf(IOException.class);
  }

  private JwtAuthenticator authenticator() {
    URI url = URI.create("http://127.0.0.1:" + issuer.getAddress().getPort() + "/keys");
    return Tokens.builder(b -> b.keySetUrl(url, fetcher).anyAudience()).build();
  }

  /** Answers once {@link #answer} is open. */
  private void publish(int status, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    issuer.createContext(
        "/keys",
        exchange -> {
          try (exchange) {
            boolean opened = answer.await(20, TimeUnit.SECONDS);
            exchange.sendResponseHeaders(opened ? status : 500, bytes.length);
            exchange.getResponseBody().write(bytes);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
  }
}
