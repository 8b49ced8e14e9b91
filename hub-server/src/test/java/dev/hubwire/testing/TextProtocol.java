package dev.hubwire.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hubwire.negotiation.TransferFormat;
import dev.hubwire.protocol.HubMessage;
import dev.hubwire.protocol.HubProtocol;
import dev.hubwire.protocol.InvocationBinder;
import dev.hubwire.protocol.SerializationException;
import dev.hubwire.transport.PayloadWriter;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Writes calls of clients as {@code name:target[arguments]}. It can write everything but {@link
 * #UNWRITABLE}, and reads nothing.
 */
public final class TextProtocol implements HubProtocol {
  public static final Object UNWRITABLE = new Object();

  private final String name;
  private final AtomicInteger written = new AtomicInteger();

  public TextProtocol(String name) {
    this.name = name;
  }

  /** How many messages it has written. */
  public int written() {
    return written.get();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public TransferFormat transferFormat() {
    return TransferFormat.TEXT;
  }

  @Override
  public void write(HubMessage message, PayloadWriter target) {
    if (!(message instanceof HubMessage.Invocation invocation)) {
      throw new IllegalArgumentException(message + " (expected: a call of a client)");
    }
    if (invocation.arguments().contains(UNWRITABLE)) {
      throw new SerializationException("unwritable", new IllegalArgumentException("by design"));
    }
    written.incrementAndGet();
    target.write((name + ":" + invocation.target() + invocation.arguments()).getBytes(UTF_8));
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
