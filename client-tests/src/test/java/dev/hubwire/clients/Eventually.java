package dev.hubwire.clients;

import static org.assertj.core.api.Assertions.fail;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for what no event tells of. */
final class Eventually {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private Eventually() {}

  /**
   * Asks again and again until the answer is yes.
   *
   * @param question takes its time: a call over the network
   */
  static void holds(BooleanSupplier question) {
    long start = System.nanoTime();
    while (!question.getAsBoolean()) {
      if (System.nanoTime() - start > PATIENCE.toNanos()) {
        fail("not within " + PATIENCE);
      }
    }
  }
}
