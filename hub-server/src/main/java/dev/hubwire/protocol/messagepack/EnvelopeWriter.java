package dev.hubwire.protocol.messagepack;

import dev.hubwire.protocol.HubMessage;
import dev.hubwire.protocol.HubMessage.Ack;
import dev.hubwire.protocol.HubMessage.CancelInvocation;
import dev.hubwire.protocol.HubMessage.Close;
import dev.hubwire.protocol.HubMessage.Completion;
import dev.hubwire.protocol.HubMessage.Invocation;
import dev.hubwire.protocol.HubMessage.InvocationBindingFailure;
import dev.hubwire.protocol.HubMessage.Outcome;
import dev.hubwire.protocol.HubMessage.Ping;
import dev.hubwire.protocol.HubMessage.Sequence;
import dev.hubwire.protocol.HubMessage.StreamBindingFailure;
import dev.hubwire.protocol.HubMessage.StreamInvocation;
import dev.hubwire.protocol.HubMessage.StreamItem;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes the body of one record: an array, with the elements of {@code
 * docs/protocol/hub-protocol.md} §5.1 in that order. Clients take no element more or less.
 */
final class EnvelopeWriter {
  private final MessagePackWriter out;

  EnvelopeWriter(MessagePackWriter out) {
    this.out = out;
  }

  void write(HubMessage message) {
    switch (message) {
      case Invocation m -> {
        start(6, 1, m.headers(), m.invocationId());
        call(m.target(), m.arguments(), m.streamIds());
      }
      case StreamItem m -> {
        start(4, 2, m.headers(), m.invocationId());
        out.writeValue(m.item());
      }
      case Completion m -> completion(m);
      case StreamInvocation m -> {
        start(6, 4, m.headers(), m.invocationId());
        call(m.target(), m.arguments(), m.streamIds());
      }
      case CancelInvocation m -> start(3, 5, m.headers(), m.invocationId());
      case Ping m -> start(1, 6);
      case Close m -> {
        start(3, 7);
        out.writeString(emptyToNull(m.error()));
        out.writeBoolean(m.allowReconnect());
      }
      case Ack m -> sequenceId(8, m.sequenceId());
      case Sequence m -> sequenceId(9, m.sequenceId());
      case InvocationBindingFailure m -> throw notOnTheWire(m);
      case StreamBindingFailure m -> throw notOnTheWire(m);
    }
  }

  private void start(int elements, int type) {
    out.writeArrayHeader(elements);
    out.writeLong(type);
  }

  private void start(int elements, int type, Map<String, String> headers, @Nullable String id) {
    start(elements, type);
    out.writeMapHeader(headers.size());
    for (Map.Entry<String, String> header : headers.entrySet()) {
      out.writeString(header.getKey());
      out.writeString(header.getValue());
    }
    out.writeString(emptyToNull(id));
  }

  private static @Nullable String emptyToNull(@Nullable String text) {
    return text == null || text.isEmpty() ? null : text;
  }

  private void call(
      String target, List<? extends @Nullable Object> arguments, List<String> streamIds) {
    out.writeString(target);
    out.writeArrayHeader(arguments.size());
    for (Object argument : arguments) {
      out.writeValue(argument);
    }
    out.writeArrayHeader(streamIds.size());
    for (String id : streamIds) {
      out.writeString(id);
    }
  }

  private void completion(Completion message) {
    Map<String, String> headers = message.headers();
    String id = message.invocationId();
    switch (message.outcome()) {
      case Outcome.Failure failure -> {
        start(5, 3, headers, id);
        out.writeLong(ResultKind.ERROR);
        out.writeString(failure.error());
      }
      case Outcome.Nothing nothing -> {
        start(4, 3, headers, id);
        out.writeLong(ResultKind.NOTHING);
      }
      case Outcome.Result result -> {
        start(5, 3, headers, id);
        out.writeLong(ResultKind.VALUE);
        out.writeValue(result.value());
      }
    }
  }

  private void sequenceId(int type, long id) {
    start(2, type);
    out.writeLong(id);
  }

  private static IllegalArgumentException notOnTheWire(HubMessage message) {
    return new IllegalArgumentException(
        "message: " + message + " (expected: one that has a form on the wire)");
  }
}
