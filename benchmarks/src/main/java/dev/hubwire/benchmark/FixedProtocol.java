package dev.hubwire.benchmark;

import dev.hubwire.negotiation.TransferFormat;
import dev.hubwire.protocol.HubMessage;
import dev.hubwire.protocol.HubProtocol;
import dev.hubwire.protocol.InvocationBinder;
import dev.hubwire.transport.PayloadWriter;
import org.jspecify.annotations.Nullable;

/** Writes the same bytes whatever the message is: what a fan-out costs besides encoding. */
final class FixedProtocol implements HubProtocol {
  private final byte[] record;

  FixedProtocol(int size) {
    this.record = new byte[size];
  }

  @Override
  public String name() {
    return "fixed";
  }

  @Override
  public TransferFormat transferFormat() {
    return TransferFormat.BINARY;
  }

  @Override
  public void write(HubMessage message, PayloadWriter target) {
    target.write(record);
  }

  @Override
  public int recordEnd(byte[] bytes, int start, int scanned, int end) {
    throw new UnsupportedOperationException("nothing is read here");
  }

  @Override
  public @Nullable HubMessage read(byte[] bytes, int start, int end, InvocationBinder binder) {
    throw new UnsupportedOperationException("nothing is read here");
  }
}
