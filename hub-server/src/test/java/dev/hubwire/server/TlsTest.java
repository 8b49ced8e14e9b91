package dev.hubwire.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.hubwire.hub.ClientProxy;
import dev.hubwire.hub.Hub;
import dev.hubwire.transport.Limit;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** With a certificate that is made for the test and dies with it. */
class TlsTest {
  private static final String PASSWORD = "only for this test";

  @TempDir private static Path folder;

  private static Path keyStore(String algorithm) {
    return folder.resolve(algorithm + ".p12");
  }

  @BeforeAll
  static void makeCertificates() throws IOException, InterruptedException {
    for (String algorithm : new String[] {"RSA", "EC"}) {
      Process keytool =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                  "-genkeypair",
                  "-alias",
                  "server",
                  "-keyalg",
                  algorithm,
                  "-dname",
                  "CN=localhost",
                  "-ext",
                  "SAN=dns:localhost,ip:127.0.0.1",
                  "-storetype",
                  "PKCS12",
                  "-keystore",
                  keyStore(algorithm).toString(),
                  "-storepass",
                  PASSWORD)
              .redirectErrorStream(true)
              .start();
      String said = new String(keytool.getInputStream().readAllBytes(), UTF_8);
      assertThat(keytool.waitFor()).as(said).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource(HttpClient.Version.class)
  void negotiatesOverEitherVersionOfHttp(HttpClient.Version version) throws Exception {
    try (HubServer server = server(TlsKeys.fromKeyStore(keyStore("RSA"), PASSWORD));
        HttpClient client = HttpClient.newBuilder().sslContext(trusting("RSA")).build()) {
      HttpResponse<String> answer =
          client.send(
              HttpRequest.newBuilder(uri("https", server, "/talk/negotiate"))
                  .version(version)
                  .POST(HttpRequest.BodyPublishers.noBody())
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(answer.version()).isEqualTo(version);
      assertThat(answer.body()).contains("availableTransports");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"RSA", "EC"})
  void carriesWebSocketsWithKeysFromPemFiles(String algorithm) throws Exception {
    TlsKeys keys = TlsKeys.fromPem(pemOf(algorithm, "cert"), pemOf(algorithm, "key"));
    // The client is not closed, since that would wait for its WebSocket for ever if something
    // fails.
    HttpClient client = HttpClient.newBuilder().sslContext(trusting(algorithm)).build();
    try (HubServer server = server(keys)) {
      BlockingQueue<String> received = new LinkedBlockingQueue<>();
      WebSocket socket =
          client
              .newWebSocketBuilder()
              .buildAsync(uri("wss", server, "/talk"), new Recorder(received))
              .join();
      socket.sendText("{\"protocol\":\"json\",\"version\":1}\u001e", true).join();
      assertThat(received.poll(10, TimeUnit.SECONDS)).isEqualTo("{}\u001e");
      String large = "x".repeat(20_000);
      socket
          .sendText(
              "{\"type\":1,\"invocationId\":\"0\",\"target\":\"echo\",\"arguments\":[\"%s\"]}\u001e"
                  .formatted(large),
              true)
          .join();
      assertThat(received.poll(10, TimeUnit.SECONDS)).contains("\"result\":\"" + large + "\"");
      socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
    }
  }

  @Test
  void listensInTheClearBesideTls() throws Exception {
    try (HubServer server =
        HubServer.builder()
            .hub("/talk", EchoHub::new)
            .listen("127.0.0.1", 0)
            .listenTls("127.0.0.1", 0, TlsKeys.fromKeyStore(keyStore("EC"), PASSWORD))
            .start()) {
      assertThat(server.port(0)).isNotEqualTo(server.port(1));
      try (RawClient client = new RawClient(server.port(0), "/talk")) {
        client.send(
            "{\"type\":1,\"invocationId\":\"0\",\"target\":\"echo\",\"arguments\":[\"a\"]}");
        assertThat(client.receive()).contains("\"result\":\"a\"");
      }
    }
  }

  /** A client that got HTTP/2 through a proxy could send it what the proxy does not see. */
  @Test
  void speaksNoHttp2InTheClear() throws Exception {
    try (HubServer server =
            HubServer.builder().hub("/talk", EchoHub::new).listen("127.0.0.1", 0).start();
        HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build()) {
      HttpRequest asksForUpgrade =
          HttpRequest.newBuilder(uri("http", server, "/talk/negotiate"))
              .POST(HttpRequest.BodyPublishers.noBody())
              .build();
      HttpResponse<String> answer =
          client.send(asksForUpgrade, HttpResponse.BodyHandlers.ofString());
      assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
      assertThat(answer.body()).contains("availableTransports");
    }
  }

  @Test
  void aHandshakeThatTakesTooLongIsCutAndCounted() throws Exception {
    try (HubServer server =
            HubServer.builder()
                .hub("/talk", EchoHub::new)
                .listenTls("127.0.0.1", 0, TlsKeys.fromKeyStore(keyStore("EC"), PASSWORD))
                .limits(ServerLimits.builder().handshakeTimeout(Duration.ofSeconds(2)).build())
                .start();
        Socket done = trusting("EC").getSocketFactory().createSocket("localhost", server.port());
        Socket silent = new Socket(InetAddress.getLoopbackAddress(), server.port());
        Socket slow = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      ((SSLSocket) done).startHandshake();
      slow.getOutputStream().write(new byte[] {22, 3, 1}); // the start of a ClientHello
      for (Socket cut : new Socket[] {silent, slow}) {
        cut.setSoTimeout(10_000);
        assertThat(cut.getInputStream().read()).isNegative();
      }
      assertThat(server.refusals()).containsEntry(Limit.TLS_HANDSHAKE_TIME, 2L);
      done.setSoTimeout(10_000);
      done.getOutputStream().write("GET / HTTP/1.0\r\n\r\n".getBytes(UTF_8));
      assertThat(new String(done.getInputStream().readAllBytes(), UTF_8)).contains(" 404 ");
    }
  }

  @Test
  void complainsAboutFilesThatAreNotWhatTheyShouldBe() throws IOException {
    Path nothing = Files.writeString(folder.resolve("nothing.pem"), "nothing");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TlsKeys.fromPem(pemOf("EC", "cert"), nothing))
        .withMessageContaining("no private key in")
        .withMessageContaining("(expected: PKCS #8, BEGIN PRIVATE KEY)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TlsKeys.fromKeyStore(keyStore("RSA"), "wrong"))
        .withMessageContaining("cannot be read");
  }

  private static HubServer server(TlsKeys keys) {
    return HubServer.builder().hub("/talk", EchoHub::new).listenTls("127.0.0.1", 0, keys).start();
  }

  private static URI uri(String scheme, HubServer server, String path) {
    return URI.create(scheme + "://localhost:" + server.port() + path);
  }

  private static SSLContext trusting(String algorithm)
      throws IOException, GeneralSecurityException {
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
    trusted.load(null, null);
    trusted.setCertificateEntry("server", store(algorithm).getCertificate("server"));
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  private static KeyStore store(String algorithm) throws IOException, GeneralSecurityException {
    return KeyStore.getInstance(keyStore(algorithm).toFile(), PASSWORD.toCharArray());
  }

  private static Path pemOf(String algorithm, String what) {
    try {
      KeyStore store = store(algorithm);
      Key key = store.getKey("server", PASSWORD.toCharArray());
      byte[] der =
          what.equals("key") ? key.getEncoded() : store.getCertificate("server").getEncoded();
      String label = what.equals("key") ? "PRIVATE KEY" : "CERTIFICATE";
      return Files.writeString(
          folder.resolve(algorithm + "." + what + ".pem"),
          "-----BEGIN %s-----%n%s%n-----END %s-----%n"
              .formatted(label, Base64.getMimeEncoder().encodeToString(der), label));
    } catch (IOException | GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /** Returns what it gets. */
  public static class EchoHub extends Hub<ClientProxy> {
    public String echo(String text) {
      return text;
    }
  }

  /** Collects whole messages. */
  private static final class Recorder implements WebSocket.Listener {
    private final BlockingQueue<String> received;
    private final StringBuilder message = new StringBuilder();

    Recorder(BlockingQueue<String> received) {
      this.received = received;
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      message.append(data);
      if (last) {
        received.add(message.toString());
        message.setLength(0);
      }
      socket.request(1);
      return null;
    }
  }
}
