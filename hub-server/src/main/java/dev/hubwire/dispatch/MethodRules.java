package dev.hubwire.dispatch;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What goes for the calls of one method.
 *
 * @param requirements what the caller has to be, each of which has to be met
 * @param filters null for none
 * @param hubNeedsScope whether the hub is made of services, or is to be closed
 */
record MethodRules(
    List<RoleRequirement> requirements, @Nullable FilteredMethod filters, boolean hubNeedsScope) {
  MethodRules {
    requirements = List.copyOf(requirements);
  }
}
