package dev.hubwire.deployment;

import dev.hubwire.clients.ChildProcess;
import dev.hubwire.clients.Tools;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Starts the scripts that have many clients at the nodes of a farm. */
final class ClusterRun {
  private static final Duration LIMIT = Duration.ofMinutes(9);

  private ClusterRun() {}

  /**
   * The deliveries of messages with one kind of address.
   *
   * @param expected how many there had to be
   * @param received how many there were
   * @param missing how many were not, of those that had to be
   * @param twice how many were, of which one was enough
   * @param strangers receivers whom a message was not for
   * @param millis how long it took to send them
   */
  record Deliveries(
      String kind,
      int messages,
      int expected,
      int received,
      int missing,
      int twice,
      int strangers,
      int millis) {
    /** A row of {@link #table}. */
    private String row() {
      return "| %-28s | %8d | %8d | %8d | %7d | %5d | %9d | %6d |"
          .formatted(kind, messages, expected, received, missing, twice, strangers, millis);
    }
  }

  /**
   * What clients met while Redis went and came.
   *
   * @param failedCalls calls that said that their message reached one node only
   * @param twice messages that a client got more than once
   * @param localMissing messages that a client of the same node did not get
   * @param longestLocalWait milliseconds between two messages of a client's own node
   */
  record Outage(
      int sent,
      int failedCalls,
      int deliveries,
      int twice,
      int localMissing,
      int longestLocalWait) {}

  static ChildProcess start(String script, Farm farm, int clients, Map<String, String> more)
      throws IOException {
    Map<String, String> environment = new HashMap<>(more);
    environment.put(
        "HUBWIRE_NODES",
        farm.addresses().stream().map(node -> "http://" + node).collect(Collectors.joining(",")));
    environment.put("HUBWIRE_CLIENTS", String.valueOf(clients));
    return ChildProcess.start(
        List.of(Tools.node(), script), Tools.javaScript(), environment, LIMIT);
  }

  static String table(List<Deliveries> all) {
    return all.stream()
        .map(Deliveries::row)
        .collect(
            Collectors.joining(
                "\n",
                "| to                           | messages | expected | received | missing | twice"
                    + " | strangers |     ms |\n",
                "\n"));
  }
}
