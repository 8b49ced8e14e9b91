package dev.hubwire.server;

import dev.hubwire.hub.MemberNaming;
import dev.hubwire.protocol.HubProtocol;
import dev.hubwire.protocol.json.JsonHubProtocol;
import dev.hubwire.protocol.messagepack.MessagePackHubProtocol;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import tools.jackson.databind.json.JsonMapper;

/**
 * The protocols that a server's hubs offer. Hubs that are set up alike share them, so that a
 * message for clients of several paths is written once. Not thread-safe; used while a server is
 * made.
 */
final class HubProtocols {
  private final Consumer<? super JsonMapper.Builder> jsonMapper;
  private final MemberNaming messagePackNaming;

  /** By whether errors are detailed. */
  private final Map<Boolean, List<HubProtocol>> all = new HashMap<>();

  HubProtocols(Consumer<? super JsonMapper.Builder> jsonMapper, MemberNaming messagePackNaming) {
    this.jsonMapper = jsonMapper;
    this.messagePackNaming = messagePackNaming;
  }

  /**
   * Those that a hub with these options offers.
   *
   * @throws IllegalArgumentException if the options ask for one that there is not
   */
  List<HubProtocol> offeredBy(HubOptions options) {
    List<HubProtocol> known =
        all.computeIfAbsent(options.settings().detailedErrors(), this::create);
    Set<String> wanted = options.supportedProtocols();
    if (wanted.isEmpty()) {
      return known;
    }
    List<HubProtocol> offered =
        known.stream().filter(protocol -> wanted.contains(protocol.name())).toList();
    if (offered.size() < wanted.size()) {
      throw new IllegalArgumentException(
          "supportedProtocols: " + wanted + " (expected: some of " + names(known) + ")");
    }
    return offered;
  }

  private static Set<String> names(List<HubProtocol> protocols) {
    Set<String> names = new TreeSet<>();
    protocols.forEach(protocol -> names.add(protocol.name()));
    return names;
  }

  private List<HubProtocol> create(boolean detailedErrors) {
    return List.of(
        JsonHubProtocol.builder().mapper(jsonMapper).detailedErrors(detailedErrors).build(),
        MessagePackHubProtocol.builder()
            .memberNaming(messagePackNaming)
            .detailedErrors(detailedErrors)
            .build());
  }
}
