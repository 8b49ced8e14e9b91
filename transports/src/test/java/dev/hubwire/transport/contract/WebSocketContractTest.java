package dev.hubwire.transport.contract;

import dev.hubwire.transport.CloseReason;
import dev.hubwire.transport.http.HttpTransportServer;

final class WebSocketContractTest extends TransportContractTest {
  @Override
  ContractClient connect(HttpTransportServer server) {
    return new WebSocketClient(server);
  }

  @Override
  CloseReason reasonForAClientThatLeft() {
    return CloseReason.CLIENT_GONE;
  }
}
