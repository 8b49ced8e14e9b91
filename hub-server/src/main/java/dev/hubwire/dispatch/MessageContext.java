package dev.hubwire.dispatch;

import dev.hubwire.hub.HubCallerContext;
import dev.hubwire.negotiation.Transport;
import dev.hubwire.transport.CloseReason;
import dev.hubwire.transport.User;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * What a hub sees of its caller in a call that has headers; the rest of them share the context of
 * their connection.
 */
record MessageContext(HubCallerContext connection, Map<String, String> messageHeaders)
    implements HubCallerContext {

  @Override
  public String connectionId() {
    return connection.connectionId();
  }

  @Override
  public @Nullable String userIdentifier() {
    return connection.userIdentifier();
  }

  @Override
  public @Nullable User user() {
    return connection.user();
  }

  @Override
  public Transport transport() {
    return connection.transport();
  }

  @Override
  public Map<String, Object> items() {
    return connection.items();
  }

  @Override
  public @Nullable String queryParameter(String name) {
    return connection.queryParameter(name);
  }

  @Override
  public @Nullable String header(String name) {
    return connection.header(name);
  }

  @Override
  public @Nullable String cookie(String name) {
    return connection.cookie(name);
  }

  @Override
  public void abort() {
    connection.abort();
  }

  @Override
  public @Nullable CloseReason closeReason() {
    return connection.closeReason();
  }

  @Override
  public CompletionStage<Void> aborted() {
    return connection.aborted();
  }
}
