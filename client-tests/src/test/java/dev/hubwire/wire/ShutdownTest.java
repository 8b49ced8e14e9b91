package dev.hubwire.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hubwire.conformance.ServerUnderTest;
import org.junit.jupiter.api.Test;

/** A server that goes away says so, which the reference does not. */
class ShutdownTest {
  @Test
  void tellsClientsToComeBack() throws Exception {
    ServerUnderTest server = ServerUnderTest.start();
    try (RawWebSocket socket = RawWebSocket.connect(server.url(), "/conformance")) {
      socket.sendText("{\"protocol\":\"json\",\"version\":1}\u001e");
      assertThat(socket.read().text()).isEqualTo("{}\u001e");
      Thread stopping = Thread.ofVirtual().start(server::close);
      assertThat(socket.read().text()).isEqualTo("{\"type\":7,\"allowReconnect\":true}\u001e");
      assertThat(socket.read().opcode()).isEqualTo(RawWebSocket.CLOSE);
      socket.send(RawWebSocket.CLOSE, new byte[] {0x03, (byte) 0xe8});
      stopping.join();
    }
  }
}
