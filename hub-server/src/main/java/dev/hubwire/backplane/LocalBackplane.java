package dev.hubwire.backplane;

import dev.hubwire.protocol.HubMessage;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The backplane of a server that is alone: every connection is here, or nowhere. */
public final class LocalBackplane implements Backplane {
  private final LocalDelivery local;
  private final AtomicLong calls = new AtomicLong();

  public LocalBackplane(LocalDelivery local) {
    this.local = local;
  }

  @Override
  public void publish(Address address, HubMessage.Invocation message) {
    local.deliver(address, message);
  }

  @Override
  public void addToGroup(String connectionId, String groupName) {
    // A connection that is not here does not exist, which is no error.
    boolean unused = local.addToGroup(connectionId, groupName);
  }

  @Override
  public void removeFromGroup(String connectionId, String groupName) {
    boolean unused = local.removeFromGroup(connectionId, groupName);
  }

  /** Ids are {@code s1}, {@code s2} and so on: clients number their uploads without a letter. */
  @Override
  public CompletableFuture<@Nullable Object> invoke(String connectionId, ClientCall call) {
    HubMessage.Invocation message = call.message("s" + calls.incrementAndGet());
    return local.invoke(connectionId, message, call.resultType());
  }

  @Override
  public CompletableFuture<Set<String>> connectionIds(Address address) {
    return local.connectionIds(address);
  }
}
