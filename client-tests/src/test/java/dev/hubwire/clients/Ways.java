package dev.hubwire.clients;

import java.util.List;

/**
 * The ways to reach the conformance hub that the suites play, by transport and protocol; named
 * alike in all of them. The system property {@code hubwire.ways} asks for others.
 */
final class Ways {
  private static final String SUPPORTED =
      "ws/json,ws/msgpack,ws-skip/json,ws-skip/msgpack,sse/json,lp/json,lp/msgpack";

  private Ways() {}

  static List<String> names() {
    return List.of(joined().split(","));
  }

  static String joined() {
    return System.getProperty("hubwire.ways", SUPPORTED);
  }
}
