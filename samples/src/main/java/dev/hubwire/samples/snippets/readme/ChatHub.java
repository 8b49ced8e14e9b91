package dev.hubwire.samples.snippets.readme;

import dev.hubwire.hub.Hub;

// docs:first-hub
public final class ChatHub extends Hub<ChatHub.Client> {
  public interface Client {
    void receive(String user, String text); // what the browser listens to
  }

  public void send(String user, String text) {
    clients().all().receive(user, text);
  }

  public void join(String room) {
    groups().add(context().connectionId(), room);
  }
}
// docs:end
