package dev.hubwire.protocol.json;

import static java.nio.charset.StandardCharsets.UTF_8;

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
import dev.hubwire.protocol.text.JsonText;
import dev.hubwire.transport.PayloadWriter;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes records: the members of {@code docs/protocol/hub-protocol.md} §4.1, in that order, without
 * blanks. Thread-safe.
 */
final class EnvelopeWriter {
  private static final byte[] TYPE = ascii("{\"type\":");
  private static final byte[] HEADERS = ascii(",\"headers\":{");
  private static final byte[] INVOCATION_ID = ascii(",\"invocationId\":");
  private static final byte[] TARGET = ascii(",\"target\":");
  private static final byte[] ARGUMENTS = ascii(",\"arguments\":[");
  private static final byte[] STREAM_IDS = ascii(",\"streamIds\":[");
  private static final byte[] ITEM = ascii(",\"item\":");
  private static final byte[] ERROR = ascii(",\"error\":");
  private static final byte[] RESULT = ascii(",\"result\":");
  private static final byte[] ALLOW_RECONNECT = ascii(",\"allowReconnect\":true");
  private static final byte[] SEQUENCE_ID = ascii(",\"sequenceId\":");

  private final PayloadEncoder values;

  EnvelopeWriter(PayloadEncoder values) {
    this.values = values;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(UTF_8);
  }

  /** Writes a record but for its separator; what it has written when it fails is left there. */
  void write(HubMessage message, PayloadWriter target) {
    switch (message) {
      case Invocation m -> {
        start('1', m.headers(), m.invocationId(), target);
        call(m.target(), m.arguments(), m.streamIds(), target);
      }
      case StreamItem m -> {
        start('2', m.headers(), m.invocationId(), target);
        target.write(ITEM);
        values.write(m.item(), target);
      }
      case Completion m -> {
        start('3', m.headers(), m.invocationId(), target);
        outcome(m.outcome(), target);
      }
      case StreamInvocation m -> {
        start('4', m.headers(), m.invocationId(), target);
        call(m.target(), m.arguments(), m.streamIds(), target);
      }
      case CancelInvocation m -> start('5', m.headers(), m.invocationId(), target);
      case Ping m -> start('6', target);
      case Close m -> close(m, target);
      case Ack m -> sequenceId('8', m.sequenceId(), target);
      case Sequence m -> sequenceId('9', m.sequenceId(), target);
      case InvocationBindingFailure m -> throw notOnTheWire(m);
      case StreamBindingFailure m -> throw notOnTheWire(m);
    }
    target.write('}');
  }

  private static void start(char type, PayloadWriter target) {
    target.write(TYPE);
    target.write(type);
  }

  private static void start(
      char type, Map<String, String> headers, @Nullable String id, PayloadWriter target) {
    start(type, target);
    if (!headers.isEmpty()) {
      headers(headers, target);
    }
    if (id != null && !id.isEmpty()) {
      target.write(INVOCATION_ID);
      JsonText.writeString(id, target);
    }
  }

  private static void headers(Map<String, String> headers, PayloadWriter target) {
    target.write(HEADERS);
    boolean first = true;
    for (Map.Entry<String, String> header : headers.entrySet()) {
      first = separate(first, target);
      JsonText.writeString(header.getKey(), target);
      target.write(':');
      JsonText.writeString(header.getValue(), target);
    }
    target.write('}');
  }

  /** Returns the next value of {@code first}. */
  private static boolean separate(boolean first, PayloadWriter target) {
    if (!first) {
      target.write(',');
    }
    return false;
  }

  private void call(
      String name,
      List<? extends @Nullable Object> arguments,
      List<String> streamIds,
      PayloadWriter target) {
    target.write(TARGET);
    JsonText.writeString(name, target);
    target.write(ARGUMENTS);
    boolean first = true;
    for (Object argument : arguments) {
      first = separate(first, target);
      values.write(argument, target);
    }
    target.write(']');
    if (!streamIds.isEmpty()) {
      streamIds(streamIds, target);
    }
  }

  private static void streamIds(List<String> ids, PayloadWriter target) {
    target.write(STREAM_IDS);
    boolean first = true;
    for (String id : ids) {
      first = separate(first, target);
      JsonText.writeString(id, target);
    }
    target.write(']');
  }

  private void outcome(Outcome outcome, PayloadWriter target) {
    switch (outcome) {
      case Outcome.Result result -> {
        target.write(RESULT);
        values.write(result.value(), target);
      }
      case Outcome.Failure failure -> {
        // An empty text is no error for the reference either.
        if (!failure.error().isEmpty()) {
          target.write(ERROR);
          JsonText.writeString(failure.error(), target);
        }
      }
      case Outcome.Nothing nothing -> {}
    }
  }

  private static void close(Close close, PayloadWriter target) {
    start('7', target);
    if (close.error() != null) {
      target.write(ERROR);
      JsonText.writeString(close.error(), target);
    }
    if (close.allowReconnect()) {
      target.write(ALLOW_RECONNECT);
    }
  }

  private static void sequenceId(char type, long id, PayloadWriter target) {
    start(type, target);
    target.write(SEQUENCE_ID);
    JsonText.writeLong(id, target);
  }

  private static IllegalArgumentException notOnTheWire(HubMessage message) {
    return new IllegalArgumentException(
        "message: " + message + " (expected: one that has a form on the wire)");
  }
}
