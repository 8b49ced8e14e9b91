package dev.hubwire.probe;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Whom to believe who they are. */
final class Trust {
  private Trust() {}

  /**
   * The certificates of a PEM file, or whom this JVM trusts.
   *
   * @throws IllegalArgumentException if the file has none
   */
  static SSLContext in(@Nullable Path authorities) {
    try {
      if (authorities == null) {
        return SSLContext.getDefault();
      }
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      int count = 0;
      try (InputStream pem = Files.newInputStream(authorities)) {
        for (Certificate one : CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
          store.setCertificateEntry("authority-" + count++, one);
        }
      }
      if (count == 0) {
        throw new IllegalArgumentException("ca: " + authorities + " (expected: certificates)");
      }
      var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      managers.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, managers.getTrustManagers(), null);
      return context;
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalArgumentException(
          "ca: " + authorities + " (expected: a readable PEM file with certificates)", e);
    }
  }
}
