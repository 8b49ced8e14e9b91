package dev.hubwire.transport.endpoint;

import dev.hubwire.transport.Authenticator;
import dev.hubwire.transport.ConnectionRequest;
import dev.hubwire.transport.TransportOptions;
import dev.hubwire.transport.User;
import io.undertow.server.HttpServerExchange;
import org.jspecify.annotations.Nullable;

/**
 * Who may come in: authentication and authorization, before every other check and for every verb
 * ({@code docs/protocol/connections.md} §9.1). Stateless.
 */
final class Gate {
  private final String endpoint;
  private final TransportOptions options;

  Gate(String endpoint, TransportOptions options) {
    this.endpoint = endpoint;
    this.options = options;
  }

  /** The request with its user, or null if it was refused and is answered. */
  @Nullable ConnectionRequest admit(HttpServerExchange exchange, ConnectionRequest request) {
    Authenticator.Result result = options.authenticator().authenticate(request);
    if (result instanceof Authenticator.Refused refused) {
      EndpointLog.refusedCredentials(endpoint, refused.reason());
      Answer.UNAUTHORIZED.send(exchange);
      return null;
    }
    User user = result.user();
    if (options.policy().permits(user)) {
      return Requests.withUser(request, user);
    }
    if (user == null) {
      EndpointLog.unauthorized(endpoint);
      Answer.UNAUTHORIZED.send(exchange);
    } else {
      EndpointLog.forbidden(endpoint, user.id());
      Answer.FORBIDDEN.send(exchange);
    }
    return null;
  }
}
