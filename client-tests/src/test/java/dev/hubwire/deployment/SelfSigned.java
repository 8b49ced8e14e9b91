package dev.hubwire.deployment;

import dev.hubwire.clients.ChildProcess;
import dev.hubwire.clients.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A certificate for this machine that nobody vouches for, as files of PEM. */
final class SelfSigned {
  private static final Duration LIMIT = Duration.ofMinutes(1);

  private SelfSigned() {}

  /** The file to trust. */
  static Path chain(Path folder) {
    return folder.resolve("chain.pem");
  }

  /** Writes {@code chain.pem}, {@code key.pem}, and {@code all.pem} with both. */
  static void writeTo(Path folder) throws IOException, InterruptedException {
    Path key = folder.resolve("key.pem");
    List<String> command =
        List.of(
            Tools.openssl(),
            "req",
            "-x509",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:prime256v1",
            "-nodes",
            "-days",
            "2",
            "-subj",
            "/CN=localhost",
            "-addext",
            "subjectAltName=DNS:localhost,IP:127.0.0.1",
            "-keyout",
            key.toString(),
            "-out",
            chain(folder).toString());
    try (ChildProcess program = ChildProcess.start(command, folder, Map.of(), LIMIT)) {
      String output = String.join("\n", program.lines().toList());
      if (program.exitStatus() != 0) {
        throw new IOException("openssl: " + output);
      }
    }
    Files.writeString(
        folder.resolve("all.pem"), Files.readString(chain(folder)) + Files.readString(key));
  }
}
