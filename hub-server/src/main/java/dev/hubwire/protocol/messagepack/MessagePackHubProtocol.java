package dev.hubwire.protocol.messagepack;

import dev.hubwire.hub.MemberNaming;
import dev.hubwire.negotiation.TransferFormat;
import dev.hubwire.protocol.HubMessage;
import dev.hubwire.protocol.HubProtocol;
import dev.hubwire.protocol.InvocationBinder;
import dev.hubwire.protocol.ProtocolException;
import dev.hubwire.protocol.SerializationException;
import dev.hubwire.transport.PayloadWriter;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The protocol named {@code messagepack} ({@code docs/protocol/hub-protocol.md} §5).
 *
 * <p>Values of the application look as the reference server's do:
 *
 * <ul>
 *   <li>Integers are read from integers of any width, never from floating-point numbers; {@code
 *       float} and {@code double} from both. {@code char} is its number in UTF-16, {@code
 *       BigDecimal} a text, {@code byte[]} binary data, {@code UUID} and {@code URI} texts.
 *   <li>An enum constant is its name, as {@link MemberNaming} or a {@code @JsonProperty} says.
 *   <li>{@code Instant}, {@code Date} and {@code LocalDateTime} (taken as UTC) are timestamps,
 *       {@code OffsetDateTime} and {@code ZonedDateTime} pairs of what the clock shows and minutes
 *       from UTC, {@code LocalDate} days since the year 1, {@code LocalTime} and {@code Duration}
 *       tenths of a microsecond.
 *   <li>Arrays and collections are arrays, maps are maps, with keys of any of these types.
 *   <li>Records and beans are maps from the names of their members, as {@link MemberNaming} and
 *       Jackson's annotations for names say. Case matters. What is unknown is skipped, what is
 *       missing has the default of its type.
 *   <li>{@code Object} is read as what the bytes are: {@code Integer}, {@code Long} or {@code
 *       BigInteger}, the first that fits; {@code Float} or {@code Double}; {@code Boolean}, {@code
 *       String}, {@code byte[]}, {@code Instant}; {@code List} and {@code Map} of these.
 * </ul>
 *
 * Values are written by what they are, not by what they are declared as. Where a sealed type, or
 * one with Jackson's {@code @JsonSubTypes}, leaves the class open, a value tells it: it is a pair
 * of the {@linkplain dev.hubwire.hub.UnionKey key} of the class and what the value is else.
 */
public final class MessagePackHubProtocol implements HubProtocol {
  private static final String NAME = "messagepack";

  private final ReadContext readContext;

  /** With the default set-up. */
  public MessagePackHubProtocol() {
    this(builder());
  }

  private MessagePackHubProtocol(Builder builder) {
    this.readContext =
        new ReadContext(new ValueCodecs(builder.memberNaming), builder.detailedErrors);
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
    return TransferFormat.BINARY;
  }

  @Override
  public int recordEnd(byte[] bytes, int start, int scanned, int end) {
    return LengthPrefix.recordEnd(bytes, start, end);
  }

  @Override
  public @Nullable HubMessage read(byte[] bytes, int start, int end, InvocationBinder binder) {
    MessagePackReader in = new MessagePackReader(bytes, LengthPrefix.bodyStart(bytes, start), end);
    try {
      return new EnvelopeReader(in, binder, readContext).read();
    } catch (MessagePackException e) {
      throw new ProtocolException(e.wireName(), e.getMessage());
    }
  }

  @Override
  public void write(HubMessage message, PayloadWriter target) {
    int start = target.size();
    try {
      new EnvelopeWriter(new MessagePackWriter(target, readContext.values())).write(message);
      LengthPrefix.insert(target, start);
    } catch (RuntimeException e) {
      // Whatever the application's types throw: a part of a message must not stay.
      target.truncate(start);
      throw new SerializationException(
          "Cannot write "
              + message.getClass().getSimpleName()
              + " as MessagePack: "
              + e.getMessage(),
          e);
    }
  }

  /** Sets up a protocol. Not thread-safe. */
  public static final class Builder {
    private MemberNaming memberNaming = MemberNaming.PASCAL_CASE;
    private boolean detailedErrors;

    private Builder() {}

    /**
     * How members of records and beans are called on the wire. Default {@link
     * MemberNaming#PASCAL_CASE}.
     */
    public Builder memberNaming(MemberNaming value) {
      this.memberNaming = Objects.requireNonNull(value, "memberNaming");
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

    public MessagePackHubProtocol build() {
      return new MessagePackHubProtocol(this);
    }
  }
}
