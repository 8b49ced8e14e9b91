package dev.hubwire.clients;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Programs and folders that the suites cannot do without. */
public final class Tools {
  /** Surefire runs the tests of a module in its folder. */
  public static final Path MODULE = Path.of("").toAbsolutePath();

  private Tools() {}

  public static String node() {
    return program("Node 20 or newer", "node");
  }

  static String chromium() {
    return program("Chromium", "chromium", "chromium-browser");
  }

  static String nginx() {
    return program("nginx", "nginx", "../sbin/nginx");
  }

  public static String haproxy() {
    return program("HAProxy", "haproxy", "../sbin/haproxy");
  }

  public static String redis() {
    return program("Redis", "redis-server");
  }

  public static String openssl() {
    return program("OpenSSL", "openssl");
  }

  /** A port of the loopback address that nobody listened at just now. */
  public static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** The folder of the JavaScript suites, with their packages in place. */
  public static Path javaScript() {
    Path folder = MODULE.resolve("src/test/js");
    if (!Files.isDirectory(folder.resolve("node_modules"))) {
      throw new IllegalStateException(
          "node_modules: missing in " + folder + " (expected: npm ci there, or bin/verify)");
    }
    return folder;
  }

  /**
   * The folder of what is shared with other projects: where the system property {@code
   * hubwire.shared} says, or beside this project.
   */
  static Path shared() {
    return MODULE.resolve(System.getProperty("hubwire.shared", "../../shared")).normalize();
  }

  private static String program(String what, String... names) {
    return Stream.of(names)
        .flatMap(name -> onPath(name).stream())
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    what
                        + ": not on the PATH (expected: there, or bin/verify, which installs it)"));
  }

  private static Optional<String> onPath(String name) {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .map(Path::toString)
        .findFirst();
  }
}
