package dev.hubwire.cluster;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.xnio.conduits.AbstractStreamSinkConduit;
import org.xnio.conduits.StreamSinkConduit;

/**
 * Sends on what is written at once. Undertow's proxy writes what it has read and does not flush,
 * and an event that lies in a buffer is no event. IO thread of the exchange only.
 */
final class PromptConduit extends AbstractStreamSinkConduit<StreamSinkConduit> {
  PromptConduit(StreamSinkConduit next) {
    super(next);
  }

  @Override
  public int write(ByteBuffer source) throws IOException {
    int count = next.write(source);
    if (count > 0) {
      next.flush();
    }
    return count;
  }
}
