package dev.hubwire.protocol.json;

import dev.hubwire.negotiation.TransferFormat;
import dev.hubwire.protocol.HubMessage;
import dev.hubwire.protocol.HubProtocol;
import dev.hubwire.protocol.InvocationBinder;
import dev.hubwire.protocol.ProtocolException;
import dev.hubwire.protocol.SerializationException;
import dev.hubwire.protocol.TextRecord;
import dev.hubwire.protocol.text.JsonException;
import dev.hubwire.protocol.text.JsonScanner;
import dev.hubwire.transport.PayloadWriter;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The protocol named {@code json} ({@code docs/protocol/hub-protocol.md} §4). Values of the
 * application are read and written by Jackson, set up so that they look as the reference server's
 * do: enums as numbers, members found ignoring case, no conversion between numbers, strings and
 * booleans.
 */
public final class JsonHubProtocol implements HubProtocol {
  private static final String NAME = "json";

  private final ReadContext readContext;
  private final EnvelopeWriter writer;

  /** With the default set-up. */
  public JsonHubProtocol() {
    this(builder());
  }

  private JsonHubProtocol(Builder builder) {
    JsonMapper mapper = builder.mapper.build();
    NameCache names = new NameCache();
    this.readContext =
        new ReadContext(names, new PayloadReader(mapper, names), builder.detailedErrors);
    this.writer = new EnvelopeWriter(new PayloadEncoder(mapper));
  }

  /** A builder that holds the default set-up. */
  public static Builder builder() {
    return new Builder();
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public TransferFormat transferFormat() {
    return TransferFormat.TEXT;
  }

  @Override
  public int recordEnd(byte[] bytes, int start, int scanned, int end) {
    return TextRecord.end(bytes, scanned, end);
  }

  @Override
  public @Nullable HubMessage read(byte[] bytes, int start, int end, InvocationBinder binder) {
    try {
      return new EnvelopeReader(new JsonScanner(bytes, start, end - 1), binder, readContext).read();
    } catch (JsonException e) {
      throw e.isSyntax()
          ? ProtocolException.invalidData("Error reading JSON.")
          : new ProtocolException(e.wireName(), e.getMessage());
    }
  }

  @Override
  public void write(HubMessage message, PayloadWriter target) {
    int size = target.size();
    boolean whole = false;
    try {
      writer.write(message, target);
      target.write(TextRecord.SEPARATOR);
      whole = true;
    } catch (RuntimeException e) {
      // Whatever the application's types throw.
      throw new SerializationException(
          "Cannot write " + message.getClass().getSimpleName() + " as JSON: " + e.getMessage(), e);
    } finally {
      if (!whole) {
        target.truncate(size);
      }
    }
  }

  /** Sets up a protocol. Not thread-safe. */
  public static final class Builder {
    private final JsonMapper.Builder mapper = PayloadMapper.builder();
    private boolean detailedErrors;

    private Builder() {}

    /** Changes how values of the application are read and written. */
    public Builder mapper(Consumer<? super JsonMapper.Builder> change) {
      change.accept(mapper);
      return this;
    }

    /**
     * Whether code that waits for a client's result is told why the result does not fit its type.
     * The text names types of the application, and it reaches other clients where that code lets
     * it. Default false.
     */
    public Builder detailedErrors(boolean value) {
      this.detailedErrors = value;
      return this;
    }

    public JsonHubProtocol build() {
      return new JsonHubProtocol(this);
    }
  }
}
