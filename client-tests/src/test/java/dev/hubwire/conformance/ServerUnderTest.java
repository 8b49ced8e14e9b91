package dev.hubwire.conformance;

import dev.hubwire.clients.ChildProcess;
import dev.hubwire.clients.Tools;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A conformance application for a test: this project's, in the test's process, on a free port.
 *
 * <p>The system property {@value #COMMAND} names the command of another one to start in its place.
 * That is how a suite is proven before it proves anything: it has to pass against the reference,
 * too.
 */
public final class ServerUnderTest implements AutoCloseable {
  static final String COMMAND = "hubwire.conformance.command";

  private static final Duration LIMIT = Duration.ofMinutes(10);

  private final URI url;
  private final Runnable stop;

  private ServerUnderTest(URI url, Runnable stop) {
    this.url = url;
    this.stop = stop;
  }

  /**
   * @param options of the command line, but for the port
   */
  public static ServerUnderTest start(String... options) throws IOException {
    String command = System.getProperty(COMMAND);
    if (command != null) {
      return startProcess(command, options);
    }
    ConformanceServer server = ConformanceServer.start(0, ConformanceCommand.options(options));
    return new ServerUnderTest(server.url(), server::close);
  }

  public URI url() {
    return url;
  }

  @Override
  public void close() {
    stop.run();
  }

  private static ServerUnderTest startProcess(String command, String... options)
      throws IOException {
    URI url = URI.create("http://127.0.0.1:" + Tools.freePort());
    List<String> words = new ArrayList<>(List.of(command, "--port", "" + url.getPort()));
    words.addAll(List.of(options));
    ChildProcess process = ChildProcess.start(words, Path.of("."), Map.of(), LIMIT);
    String ready = "listening on " + url;
    String line = process.nextLine();
    if (!line.equals(ready)) {
      process.close();
      throw new IOException(command + ": " + line + " (expected: " + ready + ")");
    }
    return new ServerUnderTest(url, process::close);
  }
}
