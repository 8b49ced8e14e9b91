package dev.hubwire.server;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** The certificate of a server and its private key. Immutable. */
public final class TlsKeys {
  private static final String ALIAS = "server";
  private static final Pattern PRIVATE_KEY =
      Pattern.compile("-----BEGIN PRIVATE KEY-----(.*?)-----END PRIVATE KEY-----", Pattern.DOTALL);

  /** The kinds of keys that certificates of web servers have, likeliest first. */
  private static final List<String> KEY_ALGORITHMS = List.of("RSA", "EC", "Ed25519");

  private final SSLContext context;

  private TlsKeys(SSLContext context) {
    this.context = context;
  }

  /**
   * Reads a key store, of any kind that Java knows (PKCS #12, JKS).
   *
   * @param password of the store and of the key in it
   * @throws IllegalArgumentException if it cannot be read, or not with this password
   */
  public static TlsKeys fromKeyStore(Path file, String password) {
    try {
      return of(
          KeyStore.getInstance(file.toFile(), password.toCharArray()), password.toCharArray());
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalArgumentException(
          "keyStore: " + file + " cannot be read: " + e.getMessage(), e);
    }
  }

  /**
   * Reads PEM files, as certificate authorities hand them out.
   *
   * @param chain the server's certificate, then those that lead to the authority's
   * @param key the private key in PKCS #8 ({@code BEGIN PRIVATE KEY}), not encrypted
   * @throws IllegalArgumentException if a file cannot be read, or holds something else
   */
  public static TlsKeys fromPem(Path chain, Path key) {
    try {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      store.setKeyEntry(ALIAS, privateKey(key), new char[0], certificates(chain));
      return of(store, new char[0]);
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalArgumentException(
          "pem: " + chain + " and " + key + " cannot be used: " + e.getMessage(), e);
    }
  }

  SSLContext context() {
    return context;
  }

  private static TlsKeys of(KeyStore store, char[] password) throws GeneralSecurityException {
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(store, password);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return new TlsKeys(context);
  }

  private static Certificate[] certificates(Path file)
      throws IOException, GeneralSecurityException {
    try (InputStream pem = new ByteArrayInputStream(Files.readAllBytes(file))) {
      Certificate[] chain =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(pem)
              .toArray(Certificate[]::new);
      if (chain.length == 0) {
        throw new IllegalArgumentException("chain: no certificate in " + file);
      }
      return chain;
    }
  }

  private static PrivateKey privateKey(Path file) throws IOException, GeneralSecurityException {
    Matcher pem = PRIVATE_KEY.matcher(Files.readString(file));
    if (!pem.find()) {
      throw new IllegalArgumentException(
          "key: no private key in " + file + " (expected: PKCS #8, BEGIN PRIVATE KEY)");
    }
    byte[] der = Base64.getMimeDecoder().decode(pem.group(1));
    for (String algorithm : KEY_ALGORITHMS) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
      } catch (InvalidKeySpecException otherKind) {
        // One of the next, then.
      }
    }
    throw new IllegalArgumentException(
        "key: " + file + " is of an unknown kind (expected: one of " + KEY_ALGORITHMS + ")");
  }
}
