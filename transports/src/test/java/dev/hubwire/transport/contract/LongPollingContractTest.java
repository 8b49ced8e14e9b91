package dev.hubwire.transport.contract;

import dev.hubwire.transport.CloseReason;
import dev.hubwire.transport.http.HttpTransportServer;

final class LongPollingContractTest extends TransportContractTest {
  @Override
  ContractClient connect(HttpTransportServer server) {
    return new PollingClient(server);
  }

  @Override
  CloseReason reasonForAClientThatLeft() {
    return CloseReason.DISCONNECT_TIMEOUT;
  }
}
