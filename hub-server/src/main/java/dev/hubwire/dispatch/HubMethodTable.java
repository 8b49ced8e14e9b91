package dev.hubwire.dispatch;

import dev.hubwire.hub.Hub;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The methods of one hub class that clients can call, by their names on the wire. Immutable. */
public final class HubMethodTable {
  /** Answers clients that spell the name as it is declared, which is nearly all of them. */
  private final Map<String, HubMethodDescriptor> declared = new HashMap<>();

  private final TreeMap<String, HubMethodDescriptor> ignoringCase =
      new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  private HubMethodTable(List<HubMethodDescriptor> methods) {
    for (HubMethodDescriptor method : methods) {
      declared.put(method.target().name(), method);
      ignoringCase.put(method.target().name(), method);
    }
  }

  /**
   * Finds the methods of a hub class by the rules of {@code docs/protocol/hub-semantics.md} §3.
   *
   * @param hubNeedsScope whether the hub is made of services, or is to be closed
   * @throws IllegalArgumentException if a method cannot be offered to clients; the message says
   *     which and what to change
   */
  static HubMethodTable of(
      Class<? extends Hub<?>> hubClass, HubExtensions extensions, boolean hubNeedsScope) {
    return new HubMethodTable(
        new HubMethodDiscovery(hubClass, extensions, hubNeedsScope).methods());
  }

  /** The method that a client calls so, ignoring case, or null. Makes no garbage. */
  public @Nullable HubMethodDescriptor find(String wireName) {
    HubMethodDescriptor method = declared.get(wireName);
    return method != null ? method : ignoringCase.get(wireName);
  }

  /** Every method, ordered by name. */
  public Collection<HubMethodDescriptor> methods() {
    return Collections.unmodifiableCollection(ignoringCase.values());
  }
}
