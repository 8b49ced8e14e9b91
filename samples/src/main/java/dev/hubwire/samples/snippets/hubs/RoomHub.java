package dev.hubwire.samples.snippets.hubs;

import dev.hubwire.hub.Hub;
import org.jspecify.annotations.Nullable;

// docs:hubs-groups
public final class RoomHub extends Hub<RoomHub.Client> {
  public interface Client {
    void said(String who, String text);
  }

  public void enter(String room) {
    groups().add(context().connectionId(), room);
    context().items().put("room", room); // stays with the connection
  }

  public void say(String text) {
    String room = (String) context().items().get("room");
    if (room != null) {
      clients().othersInGroup(room).said(String.valueOf(context().userIdentifier()), text);
    }
  }

  public void whisper(String user, String text) {
    clients().user(user).said(String.valueOf(context().userIdentifier()), text);
  }

  @Override
  public void onDisconnected(@Nullable Throwable error) {
    clients().all().said("server", context().connectionId() + " has left");
  }
}
// docs:end
