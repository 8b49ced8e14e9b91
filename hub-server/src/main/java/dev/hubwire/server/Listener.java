package dev.hubwire.server;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** One address to listen at; without keys, in the clear. */
record Listener(String host, int port, @Nullable TlsKeys keys) {
  static final Listener DEFAULT = new Listener("127.0.0.1", 8080, null);

  Listener {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("port: " + port + " (expected: 0 to 65535)");
    }
  }

  InetSocketAddress address() {
    return new InetSocketAddress(host, port);
  }
}
