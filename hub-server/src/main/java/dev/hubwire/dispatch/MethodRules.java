package dev.hubwire.dispatch;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What goes for the calls of one method.
 *
 * @param requirements what the caller has to be, each of which has to be met
 * @param filters null for none
 * @param limits null for none
 * @param hubNeedsScope whether the hub is made of services, or is to be closed
 * @param observed whether somebody hears of the calls
 */
record MethodRules(
    List<Requirement> requirements,
    @Nullable FilteredMethod filters,
    @Nullable MethodLimits limits,
    boolean hubNeedsScope,
    boolean observed) {
  MethodRules {
    requirements = List.copyOf(requirements);
  }
}
