package dev.hubwire.samples.snippets.authentication;

import dev.hubwire.hub.Authorize;
import dev.hubwire.hub.ClientProxy;
import dev.hubwire.hub.Hub;
import dev.hubwire.transport.User;

// docs:authorize
/** Staff read, a boss approves. */
@Authorize(roles = {"staff", "boss"})
public final class DeskHub extends Hub<ClientProxy> {
  @Authorize(roles = "boss")
  public String approve(int order) {
    return order + " approved by " + context().userIdentifier();
  }

  public boolean amIBoss() {
    User user = context().user(); // null for nobody
    return user != null && user.roles().contains("boss");
  }

  @Override
  public void onAuthenticationRefreshed() {
    clients().caller().send("rolesChanged", amIBoss());
  }
}
// docs:end
