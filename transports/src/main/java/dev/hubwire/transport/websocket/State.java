package dev.hubwire.transport.websocket;

/** How far a WebSocket has come; it only goes forward. */
enum State {
  OPEN,
  /** A Close frame is on its way, or waits behind what was sent before. */
  CLOSING,
  CLOSED
}
