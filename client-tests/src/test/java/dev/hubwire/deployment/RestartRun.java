package dev.hubwire.deployment;

import dev.hubwire.clients.ChildProcess;
import dev.hubwire.clients.Tools;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Official JavaScript clients over every transport, some with stateful reconnect, that are busy
 * while nodes come and go.
 */
final class RestartRun implements AutoCloseable {
  private static final int PER_WAY = 3;
  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final JsonMapper JSON = new JsonMapper();

  private final ChildProcess process;

  private RestartRun(ChildProcess process) {
    this.process = process;
  }

  /**
   * What one client went through.
   *
   * @param reconnects how often it came back
   * @param failedReconnects why an attempt to come back failed
   * @param answered calls that succeeded
   * @param failed calls that did not
   * @param lost messages of calls that succeeded, which never came
   * @param ranAndFailed messages of calls that failed, which came all the same
   * @param streams that came to their end
   * @param unstartedStreams that failed before anything came
   * @param brokenStreams how others ended
   * @param firstNode where it was at first
   * @param lastNode where it is in the end
   * @param closed why it gave up, or null
   */
  record Client(
      int reconnects,
      List<String> failedReconnects,
      int answered,
      int failed,
      List<String> lost,
      List<String> ranAndFailed,
      int streams,
      int unstartedStreams,
      List<String> brokenStreams,
      String firstNode,
      @Nullable String lastNode,
      @Nullable String closed) {}

  /** Starts the clients and waits until all are connected. */
  static RestartRun start(Balancer balancer) throws IOException {
    ChildProcess process =
        ChildProcess.start(
            List.of(Tools.node(), "restart.mjs"),
            Tools.javaScript(),
            Map.of(
                "HUBWIRE_URL",
                balancer.url() + "/conformance",
                "HUBWIRE_CLIENTS",
                String.valueOf(PER_WAY)),
            LIMIT);
    String line = process.nextLine();
    if (!line.equals("connected")) {
      String rest = String.join("\n", process.lines().toList());
      process.close();
      throw new IOException(line + "\n" + rest);
    }
    return new RestartRun(process);
  }

  /** Stops the clients and asks what they went through. */
  List<Client> stop() throws IOException {
    process.terminate();
    return List.of(JSON.readValue(process.nextLine(), Client[].class));
  }

  @Override
  public void close() {
    process.close();
  }
}
