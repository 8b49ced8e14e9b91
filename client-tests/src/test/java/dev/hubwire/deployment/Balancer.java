package dev.hubwire.deployment;

import dev.hubwire.clients.ChildProcess;
import dev.hubwire.clients.NginxProxy;
import dev.hubwire.clients.Tools;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A real load balancer in front of a farm, with one of the configurations that {@code
 * docs/deployment} has for readers; only its addresses and the folder of its certificate are
 * others.
 */
final class Balancer implements AutoCloseable {
  static final Path PAGES = Tools.MODULE.resolve("../docs/deployment").normalize();

  private static final Duration LIMIT = Duration.ofMinutes(5);

  private final URI url;
  private final ChildProcess process;

  private Balancer(URI url, ChildProcess process) {
    this.url = url;
    this.process = process;
  }

  /**
   * Starts it and waits until it listens.
   *
   * @param folder for its files; exists
   * @param file the name of its configuration
   */
  static Balancer start(Path folder, String file, Farm farm)
      throws IOException, InterruptedException {
    int port = Tools.freePort();
    String configuration =
        Files.readString(PAGES.resolve(file)).replace("127.0.0.1:8000", "127.0.0.1:" + port);
    for (int i = 0; i < Farm.NAMES.size(); i++) {
      configuration = configuration.replace("127.0.0.1:508" + (i + 1), farm.addresses().get(i));
    }
    boolean secure = configuration.contains("/etc/ssl/hub/");
    if (secure) {
      SelfSigned.writeTo(folder);
      configuration = configuration.replace("/etc/ssl/hub/", folder + "/");
    }
    return new Balancer(
        URI.create((secure ? "https" : "http") + "://127.0.0.1:" + port),
        file.startsWith("nginx")
            ? NginxProxy.startWith(folder, configuration)
            : haproxy(folder, configuration));
  }

  URI url() {
    return url;
  }

  @Override
  public void close() {
    process.close();
  }

  private static ChildProcess haproxy(Path folder, String configuration) throws IOException {
    Path file = Files.writeString(folder.resolve("haproxy.cfg"), configuration);
    ChildProcess process =
        ChildProcess.start(
            List.of(Tools.haproxy(), "-W", "-db", "-f", file.toString()), folder, Map.of(), LIMIT);
    while (!process.nextLine().contains("Loading success")) {
      // It says so when it listens.
    }
    return process;
  }
}
