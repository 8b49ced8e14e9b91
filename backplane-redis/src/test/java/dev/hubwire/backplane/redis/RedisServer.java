package dev.hubwire.backplane.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A real redis-server on a free port of the loopback interface that keeps nothing. Its port stays
 * the same when it is killed and started again.
 */
final class RedisServer implements AutoCloseable {
  private static final long LIMIT_SECONDS = 20;

  private final Path folder;
  private final int port;
  private final List<String> leading;
  private final List<String> options;
  private Process process;

  /**
   * @param leading what comes first on the command line: the name of a file, if there is one
   */
  private RedisServer(Path folder, int port, List<String> leading, List<String> options) {
    this.folder = folder;
    this.port = port;
    this.leading = leading;
    this.options = options;
    this.process = launch();
  }

  /**
   * @param options of redis-server, besides those that every server here has
   */
  static RedisServer start(String... options) {
    try {
      List<String> all = new ArrayList<>(List.of("--save", "", "--appendonly", "no"));
      all.addAll(List.of(options));
      return new RedisServer(
          Files.createTempDirectory("hubwire-redis"), freePort(), List.of(), all);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A sentinel that knows a server as {@code mymaster}, and is quick to replace it. */
  static RedisServer sentinel(RedisServer watched) {
    try {
      Path folder = Files.createTempDirectory("hubwire-sentinel");
      Files.writeString(
          folder.resolve("sentinel.conf"),
          """
          sentinel monitor mymaster 127.0.0.1 %d 1
          sentinel down-after-milliseconds mymaster 500
          sentinel failover-timeout mymaster 5000
          """
              .formatted(watched.port()));
      return new RedisServer(
          folder,
          freePort(),
          List.of(folder.resolve("sentinel.conf").toString()),
          List.of("--sentinel"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends a command, and returns the first line of the answer. */
  String command(String command) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getOutputStream().write((command + "\r\n").getBytes(US_ASCII));
      return new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII))
          .readLine();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int port() {
    return port;
  }

  /** What it was started with. */
  String option(String name) {
    return options.get(options.indexOf(name) + 1);
  }

  String uri() {
    return "redis://127.0.0.1:" + port;
  }

  /** Ends it as a crash does. */
  void kill() {
    process.destroyForcibly();
    awaitEnd();
  }

  /** After {@link #kill()}. */
  void startAgain() {
    process = launch();
  }

  @Override
  public void close() {
    kill();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Process launch() {
    List<String> command = new ArrayList<>(List.of("redis-server"));
    command.addAll(leading);
    command.addAll(List.of("--bind", "127.0.0.1", "--port", Integer.toString(port)));
    command.addAll(List.of("--dir", folder.toString()));
    command.addAll(options);
    try {
      Process started = new ProcessBuilder(command).redirectErrorStream(true).start();
      awaitReady(started.inputReader());
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException(
          "redis-server: not on the PATH (expected: there, or bin/verify, which installs it)", e);
    }
  }

  private static void awaitReady(BufferedReader log) throws IOException {
    StringBuilder said = new StringBuilder();
    for (String line = log.readLine(); line != null; line = log.readLine()) {
      said.append(line).append('\n');
      if (line.contains("Ready to accept connections") || line.contains("Sentinel ID is")) {
        // It may say more, and must not wait for anybody to read it.
        Thread.ofVirtual().start(() -> log.lines().forEach(later -> {}));
        return;
      }
    }
    throw new IllegalStateException("redis-server did not start: " + said);
  }

  private void awaitEnd() {
    try {
      if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException("redis-server does not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
