package dev.hubwire.protocol.json;

import dev.hubwire.protocol.HubMessage;
import dev.hubwire.protocol.InvocationBinder;
import dev.hubwire.protocol.ProtocolException;
import dev.hubwire.protocol.text.JsonScanner;
import dev.hubwire.protocol.text.Token;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads one record, in one pass ({@code docs/protocol/hub-protocol.md} §4.2 and §4.3). Members come
 * in any order: a value that comes before the member which says what it is meant for is skipped,
 * and read again at the end. Made for each record, used by one thread.
 */
final class EnvelopeReader {
  private final JsonScanner scanner;
  private final ReadContext context;

  private final Envelope envelope;

  EnvelopeReader(JsonScanner scanner, InvocationBinder binder, ReadContext context) {
    this.scanner = scanner;
    this.context = context;
    this.envelope = new Envelope(binder, context);
  }

  /** Returns null for a type of message this version does not know. */
  @Nullable HubMessage read() {
    Token root = scanner.next();
    if (root != Token.OBJECT_START) {
      throw ProtocolException.invalidData(
          "Unexpected JSON Token Type '" + root.wireName() + "'. Expected a JSON Object.");
    }
    // After an item that does not fit, the reference reads no further, and calls may rely on that.
    while (envelope.itemFailure == null && scanner.next() == Token.NAME) {
      Member member = Member.named(scanner);
      scanner.next();
      if (member == null) {
        scanner.skipChildren();
      } else {
        readMember(member);
      }
    }
    return envelope.message();
  }

  private void readMember(Member member) {
    switch (member) {
      case TYPE -> readType();
      case INVOCATION_ID -> envelope.invocationId = string(member);
      case STREAM_IDS -> readStreamIds();
      case TARGET -> readTarget();
      case ERROR -> envelope.error = string(member);
      case ALLOW_RECONNECT -> readAllowReconnect();
      case RESULT -> readResult();
      case ITEM -> readItem();
      case ARGUMENTS -> readArguments();
      case HEADERS -> readHeaders();
      case SEQUENCE_ID -> readSequenceId();
    }
  }

  private void readType() {
    expect(Member.TYPE, Token.NUMBER);
    envelope.type = scanner.intValue();
  }

  private void expect(Member member, Token expected) {
    if (scanner.token() != expected) {
      throw ProtocolException.invalidData(
          "Expected '" + member + "' to be of type " + expected.wireName() + ".");
    }
  }

  private String string(Member member) {
    expect(member, Token.STRING);
    return scanner.string();
  }

  private void readTarget() {
    expect(Member.TARGET, Token.STRING);
    envelope.setTarget(context.names().get(scanner), scanner.hasEscapes());
  }

  private void readStreamIds() {
    expect(Member.STREAM_IDS, Token.ARRAY_START);
    List<String> ids = new ArrayList<>();
    while (scanner.next() != Token.ARRAY_END) {
      ids.add(streamId(scanner.token()));
    }
    envelope.streamIds = List.copyOf(ids);
  }

  private String streamId(Token token) {
    return switch (token) {
      case STRING -> scanner.string();
      case NULL -> throw ProtocolException.invalidData("Null value for 'streamIds' is not valid.");
      default ->
          throw new ProtocolException(
              "InvalidOperationException",
              "Cannot get the value of a token type '"
                  + (token.isStart() ? "Start" : "")
                  + token.wireName()
                  + "' as a string.");
    };
  }

  private void readAllowReconnect() {
    if (scanner.token() != Token.TRUE && scanner.token() != Token.FALSE) {
      throw ProtocolException.invalidData("Expected 'allowReconnect' to be true or false.");
    }
    envelope.allowReconnect = scanner.token() == Token.TRUE;
  }

  private void readHeaders() {
    if (scanner.token() != Token.OBJECT_START) {
      throw ProtocolException.invalidData("Expected 'headers' to be of type StartObject.");
    }
    Map<String, String> map = new LinkedHashMap<>();
    while (scanner.next() == Token.NAME) {
      String name = scanner.string();
      if (scanner.next() != Token.STRING) {
        throw ProtocolException.invalidData("Expected header '" + name + "' to be of type String.");
      }
      map.put(name, scanner.string());
    }
    envelope.headers = map;
  }

  private void readSequenceId() {
    if (scanner.token() == Token.NULL) {
      envelope.sequenceId = null;
    } else {
      expect(Member.SEQUENCE_ID, Token.NUMBER);
      envelope.sequenceId = scanner.longValue();
    }
  }

  private void readArguments() {
    expect(Member.ARGUMENTS, Token.ARRAY_START);
    if (envelope.targetName == null || envelope.targetName.isEmpty()) {
      envelope.earlyArguments = skipped();
    } else {
      envelope.bindArguments(scanner);
    }
  }

  private void readResult() {
    envelope.hasResult = true;
    String id = envelope.givenId();
    if (id == null) {
      envelope.earlyResult = skipped();
    } else {
      envelope.bindResult(scanner, id);
    }
  }

  private void readItem() {
    String id = envelope.givenId();
    if (id == null) {
      envelope.earlyItem = skipped();
    } else {
      envelope.bindItem(scanner, id);
    }
  }

  /** Skips the current value; returns a scanner that starts with it. */
  private JsonScanner skipped() {
    JsonScanner again = scanner.again();
    scanner.skipChildren();
    return again;
  }
}
