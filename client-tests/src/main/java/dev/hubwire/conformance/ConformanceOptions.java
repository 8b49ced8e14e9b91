package dev.hubwire.conformance;

import dev.hubwire.server.DrainOptions;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * What can be set from the command line; the defaults are those of the protocol. Filled by picocli,
 * then only read.
 */
final class ConformanceOptions {
  @Option(
      names = "--node",
      paramLabel = "NAME",
      defaultValue = "node-1",
      description = "what NodeName() and WhoAmI() say (default: ${DEFAULT-VALUE})")
  String node = "";

  @Option(
      names = "--max-message",
      paramLabel = "BYTES",
      defaultValue = "32768",
      description = "largest message a client may send (default: ${DEFAULT-VALUE})")
  int maxMessageBytes;

  @Option(
      names = "--parallel",
      paramLabel = "N",
      defaultValue = "1",
      description = "calls of one client that may run at once (default: ${DEFAULT-VALUE})")
  int parallelInvocations;

  @Option(
      names = "--detailed-errors",
      description = "tell clients the text of unexpected exceptions")
  boolean detailedErrors;

  @Option(
      names = "--keep-alive-ms",
      paramLabel = "N",
      defaultValue = "15000",
      description = "time between pings to a client (default: ${DEFAULT-VALUE})")
  int keepAliveMillis;

  @Option(
      names = "--client-timeout-ms",
      paramLabel = "N",
      defaultValue = "30000",
      description = "silence after which a client is dropped (default: ${DEFAULT-VALUE})")
  int clientTimeoutMillis;

  @Option(
      names = "--handshake-timeout-ms",
      paramLabel = "N",
      defaultValue = "15000",
      description = "time a client has for the handshake (default: ${DEFAULT-VALUE})")
  int handshakeTimeoutMillis;

  @Option(
      names = "--close-on-expiry",
      description = "/conformance-auth closes a connection when its token expires")
  boolean closeOnExpiry;

  @Option(
      names = "--redis",
      paramLabel = "HOST:PORT",
      description = "join the hubs with those of other servers on this Redis")
  @Nullable String redis;

  @Option(
      names = "--redis-prefix",
      paramLabel = "X",
      defaultValue = "",
      description = "goes in front of every channel of Redis")
  String redisPrefix = "";

  @Option(
      names = "--forward-secret",
      paramLabel = "S",
      description = "take misrouted requests to their nodes, which have the same secret and Redis")
  @Nullable String forwardSecret;

  @Option(
      names = "--advertise",
      paramLabel = "URI",
      description = "where other nodes reach this one, to forward requests to it")
  @Nullable URI advertise;

  @Option(
      names = "--drain-ms",
      paramLabel = "N",
      defaultValue = "0",
      description = "time that clients have to leave when it is told to stop (default: none)")
  int drainMillis;

  @Option(
      names = "--drain-notice-ms",
      paramLabel = "N",
      defaultValue = "0",
      description = "part of it in which /readyz says no, and clients are served as before")
  int drainNoticeMillis;

  @Option(
      names = "--drain-rate",
      paramLabel = "N",
      defaultValue = "200",
      description = "clients that are sent away in a second (default: ${DEFAULT-VALUE})")
  int drainRate;

  /** How to stop, or null for at once. */
  @Nullable DrainOptions drain() {
    return drainMillis == 0
        ? null
        : DrainOptions.builder()
            .notice(Duration.ofMillis(drainNoticeMillis))
            .connectionsPerSecond(drainRate)
            .timeout(Duration.ofMillis(drainMillis))
            .build();
  }

  Duration keepAlive() {
    return Duration.ofMillis(keepAliveMillis);
  }

  Duration clientTimeout() {
    return Duration.ofMillis(clientTimeoutMillis);
  }

  Duration handshakeTimeout() {
    return Duration.ofMillis(handshakeTimeoutMillis);
  }
}
