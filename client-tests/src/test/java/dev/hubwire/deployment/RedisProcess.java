package dev.hubwire.deployment;

import dev.hubwire.clients.ChildProcess;
import dev.hubwire.clients.Tools;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A real redis-server that keeps nothing, on a port that stays the same. For one thread. */
final class RedisProcess implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofMinutes(10);

  private final Path folder;
  private final int port;
  private ChildProcess process;

  private RedisProcess(Path folder, int port, ChildProcess process) {
    this.folder = folder;
    this.port = port;
    this.process = process;
  }

  /**
   * Starts it and waits until it listens.
   *
   * @param folder for its files; exists
   */
  static RedisProcess start(Path folder) throws IOException {
    int port = Tools.freePort();
    return new RedisProcess(folder, port, launch(folder, port));
  }

  /** Host and port. */
  String address() {
    return "127.0.0.1:" + port;
  }

  /** Ends it as a crash does. */
  void kill() throws InterruptedException {
    process.close();
    process.exitStatus();
  }

  /** After {@link #kill()}. */
  void startAgain() throws IOException {
    process = launch(folder, port);
  }

  @Override
  public void close() {
    process.close();
  }

  private static ChildProcess launch(Path folder, int port) throws IOException {
    List<String> command =
        List.of(
            Tools.redis(),
            "--bind",
            "127.0.0.1",
            "--port",
            Integer.toString(port),
            "--save",
            "",
            "--appendonly",
            "no");
    ChildProcess process = ChildProcess.start(command, folder, Map.of(), LIMIT);
    while (!process.nextLine().contains("Ready to accept connections")) {
      // It says so when it listens.
    }
    return process;
  }
}
