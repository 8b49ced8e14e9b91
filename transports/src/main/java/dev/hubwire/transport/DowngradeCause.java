package dev.hubwire.transport;

/**
 * Why a client probably uses another transport than the best one it was offered, judging by what
 * the same client did before.
 */
public enum DowngradeCause {
  /** WebSocket handshakes came without their {@code Upgrade} header. */
  UPGRADE_HEADERS_STRIPPED(
      "its WebSocket handshake came without the Upgrade header: a proxy in between must pass"
          + " Upgrade and Connection on, and speak HTTP/1.1"),
  /** It was refused a WebSocket by this server: its credentials, or a limit. */
  HANDSHAKE_REFUSED(
      "this server refused its WebSocket handshake; browsers send their token in the query there,"
          + " as access_token"),
  /** It came with a connection of another node. */
  WRONG_NODE("it reaches other nodes as well: the load balancer needs sticky sessions"),
  /** It negotiated before, and what it tried then never reached this server. */
  NEVER_ARRIVED(
      "it negotiated before, and no transport request followed: a proxy in between does not pass"
          + " WebSockets on, or it reaches other nodes as well"),
  /** It was sent an event stream before, and never used it. */
  EVENTS_HELD_BACK(
      "it never answered on the event stream it had before: a proxy in between holds responses"
          + " back until they are complete"),
  /** Nothing points to a failure: the client was told to, or cannot do better. */
  CLIENT_CHOICE("it tried nothing better: it is configured so, or cannot do more");

  private final String explanation;

  DowngradeCause(String explanation) {
    this.explanation = explanation;
  }

  /** For the log and its readers: what was seen, and what to do about it. */
  public String explanation() {
    return explanation;
  }
}
