package dev.hubwire.clients;

import dev.hubwire.functional.FunctionalCommand;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * The functional application in a process of its own.
 *
 * @param certificate a PEM file with what its https shows, for clients to trust
 */
record FunctionalApp(ChildProcess process, URI url, URI httpsUrl, Path certificate)
    implements AutoCloseable {
  private static final String READY = "listening on ";
  private static final Duration LIMIT = Duration.ofMinutes(10);

  /**
   * Starts it and waits until it listens.
   *
   * @param folder for the certificate; exists
   */
  static FunctionalApp start(Path folder) throws IOException, GeneralSecurityException {
    int httpsPort = Tools.freePort();
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            FunctionalCommand.class.getName(),
            "--functional",
            "--port=0",
            "--https-port=" + httpsPort);
    ChildProcess process = ChildProcess.start(command, Path.of("."), Map.of(), LIMIT);
    String line = process.nextLine();
    if (!line.startsWith(READY)) {
      process.close();
      throw new IOException("it printed: " + line + " (expected: " + READY + "...)");
    }
    Path certificate = folder.resolve("certificate.pem");
    Files.writeString(certificate, pem(shown(httpsPort)));
    return new FunctionalApp(
        process,
        URI.create(line.substring(READY.length())),
        URI.create("https://localhost:" + httpsPort),
        certificate);
  }

  @Override
  public void close() {
    process.close();
  }

  private static Certificate shown(int port) throws IOException, GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {new Curious()}, null);
    try (var socket =
        (SSLSocket)
            context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port)) {
      socket.startHandshake();
      return socket.getSession().getPeerCertificates()[0];
    }
  }

  private static String pem(Certificate certificate) throws GeneralSecurityException {
    String lines = Base64.getMimeEncoder().encodeToString(certificate.getEncoded());
    return "-----BEGIN CERTIFICATE-----\n" + lines + "\n-----END CERTIFICATE-----\n";
  }

  /** Trusts whoever answers on the loopback address: only to see what is shown. */
  private static final class Curious extends X509ExtendedTrustManager {
    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind, SSLEngine engine) {}
  }
}
