package dev.hubwire.probe.check;

import java.io.IOException;
import java.util.List;

/** One thing that can be wrong. Stateless. */
public interface Check {
  /** Stable; a single word or several with hyphens. */
  String name();

  /** Whether there is anything to try; by default, where negotiation gives connections. */
  default boolean applies(ProbeContext context) {
    return context.hasNegotiated();
  }

  /**
   * Looks for it.
   *
   * @return in the order in which they were found; empty if all is well
   * @throws UnreachableException if nothing answers at all
   * @throws IOException if a request failed in a way that the check does not expect
   */
  List<Finding> run(ProbeContext context) throws IOException, InterruptedException;
}
