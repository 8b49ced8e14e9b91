package dev.hubwire.functional;

import dev.hubwire.hub.Authorize;
import dev.hubwire.hub.ClientProxy;
import dev.hubwire.hub.Hub;
import dev.hubwire.hub.HubMethod;

/** The hub of {@code /authorizedhub}, for whoever has a token. */
@Authorize
public final class AuthorizedHub extends Hub<ClientProxy> {
  @HubMethod("Echo")
  public String echo(String message) {
    return message;
  }
}
