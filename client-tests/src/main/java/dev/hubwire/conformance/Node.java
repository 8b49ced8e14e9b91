package dev.hubwire.conformance;

import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;

/** What the hubs of one server share. Safe for use by any thread. */
final class Node {
  private final String name;
  private final InstantSource clock;
  private final AtomicInteger connected = new AtomicInteger();
  private final AtomicInteger disconnected = new AtomicInteger();
  private final AtomicInteger cancelledCalls = new AtomicInteger();
  private final AtomicInteger cancelledStreams = new AtomicInteger();

  Node(String name, InstantSource clock) {
    this.name = name;
    this.clock = clock;
  }

  String name() {
    return name;
  }

  InstantSource clock() {
    return clock;
  }

  /** How often {@link ConformanceHub#onConnected} ran. */
  AtomicInteger connected() {
    return connected;
  }

  /** How often {@link ConformanceHub#onDisconnected} ran. */
  AtomicInteger disconnected() {
    return disconnected;
  }

  /** How many delays were cancelled. */
  AtomicInteger cancelledCalls() {
    return cancelledCalls;
  }

  /** How many endless streams were cancelled. */
  AtomicInteger cancelledStreams() {
    return cancelledStreams;
  }
}
