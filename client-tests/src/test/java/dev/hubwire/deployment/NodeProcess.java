package dev.hubwire.deployment;

import dev.hubwire.clients.ChildProcess;
import dev.hubwire.conformance.ConformanceCommand;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** One node of a farm: the conformance application in a process of its own. Thread-safe. */
final class NodeProcess implements AutoCloseable {
  private static final String READY = "listening on ";
  private static final Duration LIMIT = Duration.ofMinutes(10);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final URI url;
  private final ChildProcess process;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  /** What it has printed. Guarded by the lock, like what follows. */
  private final List<String> lines = new ArrayList<>();

  private boolean ended;

  private NodeProcess(URI url, ChildProcess process) {
    this.url = url;
    this.process = process;
  }

  /**
   * Starts it and waits until it listens.
   *
   * @param port to listen at; 0 for any that is free
   * @param options of the command line, besides its name and its port
   */
  static NodeProcess start(String name, int port, List<String> options) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // Short lives, and several at once: quick to start, and small.
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx128m",
                "-cp",
                System.getProperty("java.class.path"),
                ConformanceCommand.class.getName(),
                "--node=" + name,
                "--port=" + port));
    command.addAll(options);
    ChildProcess process = ChildProcess.start(command, Path.of("."), Map.of(), LIMIT);
    String line = process.nextLine();
    if (!line.startsWith(READY)) {
      process.close();
      throw new IOException(name + " printed: " + line + " (expected: " + READY + "...)");
    }
    NodeProcess node = new NodeProcess(URI.create(line.substring(READY.length())), process);
    Thread.ofVirtual().name("output of " + name).start(node::read);
    return node;
  }

  URI url() {
    return url;
  }

  /** Asks it to end in an orderly way. */
  void terminate() {
    process.terminate();
  }

  /** Waits until it has printed a line that contains this text. */
  void awaitLine(String text) throws InterruptedException, TimeoutException {
    await(text, () -> lines.stream().anyMatch(line -> line.contains(text)));
  }

  /** Waits for its end, and returns its exit status. */
  int awaitEnd() throws InterruptedException, TimeoutException {
    await("the end", () -> ended);
    return process.exitStatus();
  }

  /** Ends it without a word. */
  @Override
  public void close() {
    process.close();
  }

  private interface Question {
    boolean isAnswered();
  }

  private void await(String what, Question question) throws InterruptedException, TimeoutException {
    long left = PATIENCE.toNanos();
    lock.lock();
    try {
      while (!question.isAnswered()) {
        if (left <= 0) {
          throw new TimeoutException(what + ": not within " + PATIENCE + " after " + lines);
        }
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  private void read() {
    try {
      while (true) {
        String line = process.nextLine();
        change(() -> lines.add(line));
      }
    } catch (IOException theEnd) {
      change(() -> ended = true);
    }
  }

  private void change(Runnable change) {
    lock.lock();
    try {
      change.run();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
