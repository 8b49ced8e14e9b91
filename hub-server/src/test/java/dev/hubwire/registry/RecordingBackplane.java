package dev.hubwire.registry;

import dev.hubwire.backplane.Address;
import dev.hubwire.backplane.Backplane;
import dev.hubwire.backplane.ClientCall;
import dev.hubwire.protocol.HubMessage;
import dev.hubwire.protocol.SerializationException;
import dev.hubwire.testing.TextProtocol;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Keeps what reaches it. It refuses what a {@link TextProtocol} cannot write. */
final class RecordingBackplane implements Backplane {
  record Published(Address address, String target, List<? extends @Nullable Object> arguments) {}

  record Asked(String connectionId, ClientCall call, CompletableFuture<@Nullable Object> result) {}

  /** Whom every address means that does not say so itself. */
  final Set<String> connected = new TreeSet<>();

  /** Instead of those who are connected; null for them. */
  @Nullable CompletableFuture<Set<String>> connectionIds;

  /** What was looked up. */
  final List<Address> addresses = new ArrayList<>();

  /** What is answered at once from now on; null for nothing. */
  @Nullable Object answer;

  final List<Asked> asked = new ArrayList<>();
  final List<Published> published = new ArrayList<>();
  final List<String> groupChanges = new ArrayList<>();

  @Override
  public void publish(Address address, HubMessage.Invocation message) {
    if (message.arguments().contains(TextProtocol.UNWRITABLE)) {
      throw new SerializationException("unwritable", new IllegalArgumentException("by design"));
    }
    published.add(new Published(address, message.target(), List.copyOf(message.arguments())));
  }

  @Override
  public void addToGroup(String connectionId, String groupName) {
    groupChanges.add("+" + connectionId + "@" + groupName);
  }

  @Override
  public void removeFromGroup(String connectionId, String groupName) {
    groupChanges.add("-" + connectionId + "@" + groupName);
  }

  @Override
  public CompletableFuture<@Nullable Object> invoke(String connectionId, ClientCall call) {
    if (call.arguments().contains(TextProtocol.UNWRITABLE)) {
      throw new SerializationException("unwritable", new IllegalArgumentException("by design"));
    }
    Asked one = new Asked(connectionId, call, new CompletableFuture<>());
    asked.add(one);
    if (answer != null) {
      one.result().complete(answer);
    }
    return one.result();
  }

  @Override
  public CompletableFuture<Set<String>> connectionIds(Address address) {
    addresses.add(address);
    return connectionIds == null ? CompletableFuture.completedFuture(connected) : connectionIds;
  }
}
