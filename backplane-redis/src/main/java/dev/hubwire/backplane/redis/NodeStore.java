package dev.hubwire.backplane.redis;

import dev.hubwire.negotiation.token.NodeName;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Where nodes write their addresses, and read those of all. Nothing here waits; what is returned
 * fails while the store is away. One operation at a time.
 */
interface NodeStore {
  /**
   * Writes a node's address, which is gone after a time.
   *
   * @return what was announced under this name until now
   */
  CompletionStage<Optional<String>> announce(NodeName node, URI address, Duration timeToLive);

  /** The nodes that are announced now. */
  CompletionStage<Map<NodeName, URI>> read();

  /** Takes an announcement back, unless another address has taken its place. */
  CompletionStage<@Nullable Void> withdraw(NodeName node, URI address);

  /** Lets go of everything. Once. */
  void close();
}
