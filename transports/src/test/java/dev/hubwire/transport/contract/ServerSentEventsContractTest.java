package dev.hubwire.transport.contract;

import dev.hubwire.transport.CloseReason;
import dev.hubwire.transport.http.HttpTransportServer;

final class ServerSentEventsContractTest extends TransportContractTest {
  @Override
  ContractClient connect(HttpTransportServer server) {
    return new EventStreamClient(server);
  }

  @Override
  CloseReason reasonForAClientThatLeft() {
    return CloseReason.CLIENT_GONE;
  }
}
