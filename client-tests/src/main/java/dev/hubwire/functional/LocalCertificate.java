package dev.hubwire.functional;

import dev.hubwire.server.TlsKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;

/** A certificate for this machine that nobody vouches for, made by the JDK's own program. */
final class LocalCertificate {
  private static final int DAYS = 30;
  private static final String PASSWORD_VARIABLE = "KEY_STORE_PASSWORD";

  private LocalCertificate() {}

  /** Keys that exist in this process alone. */
  static TlsKeys create() {
    try {
      Path folder = Files.createTempDirectory("hubwire-keys");
      Path store = folder.resolve("keys.p12");
      try {
        String password = UUID.randomUUID().toString();
        generate(store, password);
        return TlsKeys.fromKeyStore(store, password);
      } finally {
        Files.deleteIfExists(store);
        Files.delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("no certificate for https", e);
    }
  }

  private static void generate(Path store, String password) throws IOException {
    var command =
        new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "localhost",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost,ip:127.0.0.1",
                "-validity",
                String.valueOf(DAYS),
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                // Not the password itself, which everybody on the machine could read there.
                "-storepass:env",
                PASSWORD_VARIABLE));
    command.environment().put(PASSWORD_VARIABLE, password);
    Process program = command.redirectErrorStream(true).start();
    String output = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int status = program.onExit().join().exitValue();
    if (status != 0) {
      throw new IOException("keytool ended with " + status + ": " + output);
    }
  }
}
