package dev.hubwire.deployment;

import java.util.List;

/**
 * How one of the configurations is tried.
 *
 * @param file its name in {@code docs/deployment}
 * @param path of the hub as clients see it
 * @param attempts connections that all have to work
 * @param idleMillis how long a connection stays silent
 */
record Configuration(String file, String path, int attempts, int idleMillis) {
  private static final String HUB = "/conformance";

  /** Whether a hash leads to the right node is chance; that it always does, is not. */
  private static final int MANY = 40;

  /** Longer than the short time-outs. */
  private static final int IDLE_MILLIS = 3_000;

  /** In the order of the page. */
  static List<Configuration> all() {
    return List.of(
        of("nginx-node-name.conf"),
        of("haproxy-node-name.cfg"),
        of("nginx-draining.conf"),
        of("haproxy-draining.cfg"),
        of("nginx-cookie.conf"),
        of("haproxy-cookie.cfg"),
        of("nginx-ip-hash.conf"),
        of("haproxy-ip-hash.cfg"),
        new Configuration("nginx-websockets-only.conf", "/conformance-ws", 3, 0),
        new Configuration("haproxy-websockets-only.cfg", "/conformance-ws", 3, 0),
        of("nginx-tls.conf"),
        of("haproxy-tls.cfg"),
        new Configuration("nginx-path-prefix.conf", "/realtime" + HUB, 3, 0),
        new Configuration("haproxy-path-prefix.cfg", "/realtime" + HUB, 3, 0),
        of("nginx-round-robin.conf"),
        of("haproxy-round-robin.cfg"),
        new Configuration("nginx-id-hash.conf", HUB, MANY, 0),
        new Configuration("haproxy-id-hash.cfg", HUB, MANY, 0),
        of("nginx-without-upgrade.conf"),
        // Once: a client that comes again is not offered event streams.
        new Configuration("nginx-buffering.conf", HUB, 1, 0),
        new Configuration("nginx-short-timeouts.conf", HUB, 1, IDLE_MILLIS),
        new Configuration("haproxy-short-timeouts.cfg", HUB, 1, IDLE_MILLIS));
  }

  private static Configuration of(String file) {
    return new Configuration(file, HUB, 3, 0);
  }

  @Override
  public String toString() {
    return file;
  }
}
