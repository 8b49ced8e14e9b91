package dev.hubwire.clients;

import com.microsoft.signalr.TransportEnum;

/** The ways on which the Java client reaches a hub; it has no server-sent events. */
enum JavaWay {
  WEB_SOCKETS("WebSockets", TransportEnum.WEBSOCKETS),
  WEB_SOCKETS_WITHOUT_NEGOTIATION("WebSockets", TransportEnum.WEBSOCKETS),
  LONG_POLLING("LongPolling", TransportEnum.LONG_POLLING);

  private final String wireName;
  private final TransportEnum transport;

  JavaWay(String wireName, TransportEnum transport) {
    this.wireName = wireName;
    this.transport = transport;
  }

  /** What the server calls the transport. */
  String wireName() {
    return wireName;
  }

  TransportEnum transport() {
    return transport;
  }

  boolean negotiates() {
    return this != WEB_SOCKETS_WITHOUT_NEGOTIATION;
  }
}
