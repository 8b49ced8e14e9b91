package dev.hubwire.probe.check;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Runs checks, one after another. */
public final class Checks {
  private final List<Check> checks;

  public Checks(List<Check> checks) {
    this.checks = List.copyOf(checks);
  }

  /** All there are, in the order in which one builds on another. */
  public static Checks all() {
    return new Checks(
        List.of(
            new NegotiationCheck(),
            new AffinityCheck(),
            new WebSocketsCheck(),
            new EventStreamCheck(),
            new LongPollingCheck(),
            new AccessTokenCheck(),
            new CorsCheck(),
            new SizeCheck(),
            new IdleCheck()));
  }

  /**
   * Runs them.
   *
   * @return a result for each
   * @throws UnreachableException if nothing answers; the rest is not tried then
   */
  public List<CheckResult> run(ProbeContext context)
      throws UnreachableException, InterruptedException {
    List<CheckResult> results = new ArrayList<>();
    for (Check check : checks) {
      if (!check.applies(context)) {
        results.add(new CheckResult(check.name(), true, Duration.ZERO, List.of()));
        continue;
      }
      long start = context.network().nanoTime().getAsLong();
      List<Finding> findings = run(check, context);
      results.add(new CheckResult(check.name(), false, context.network().since(start), findings));
    }
    return results;
  }

  private static List<Finding> run(Check check, ProbeContext context)
      throws UnreachableException, InterruptedException {
    try {
      return check.run(context);
    } catch (UnreachableException e) {
      throw e;
    } catch (IOException e) {
      return List.of(
          Finding.error(
              check.name() + ".failed",
              "The check could not be finished: " + e.getMessage(),
              "Clients meet the same failure, now and then or always.",
              "See the other findings first; if there are none, run it again."));
    }
  }
}
