package dev.hubwire.conformance;

import dev.hubwire.negotiation.TransferFormat;
import dev.hubwire.transport.CloseReason;
import dev.hubwire.transport.ConnectionHandler;
import dev.hubwire.transport.PayloadWriter;
import dev.hubwire.transport.SharedPayload;
import dev.hubwire.transport.TransportConnection;
import dev.hubwire.transport.TransportListener;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** No hub: writes what it receives back, as text. */
public final class RawEcho implements ConnectionHandler {
  @Override
  public TransportListener onConnected(TransportConnection connection) {
    return new TransportListener() {
      @Override
      public void onReceived(ByteBuffer bytes) {
        var content = new PayloadWriter(bytes.remaining());
        content.write(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
        connection.send(SharedPayload.of(content, TransferFormat.TEXT));
      }

      @Override
      public void onClosed(CloseReason reason, @Nullable Throwable cause) {}
    };
  }
}
