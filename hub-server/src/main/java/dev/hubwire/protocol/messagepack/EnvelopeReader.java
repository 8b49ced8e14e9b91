package dev.hubwire.protocol.messagepack;

import dev.hubwire.protocol.BindingException;
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
import dev.hubwire.protocol.InvocationBinder;
import dev.hubwire.protocol.InvocationBinder.Target;
import dev.hubwire.protocol.ProtocolException;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Reads the body of one record, element by element: the first that is wrong decides. What follows
 * the last element that a message needs is not looked at ({@code docs/protocol/hub-protocol.md}
 * §5.2). Made for each record, used by one thread.
 */
final class EnvelopeReader {
  /** With so many elements, a call has ids of streams at its end. */
  private static final int ELEMENTS_WITH_STREAMS = 6;

  /** With so many elements, a Close says whether to come back. */
  private static final int ELEMENTS_WITH_RECONNECT = 3;

  private final MessagePackReader in;
  private final InvocationBinder binder;
  private final ReadContext context;

  EnvelopeReader(MessagePackReader in, InvocationBinder binder, ReadContext context) {
    this.in = in;
    this.binder = binder;
    this.context = context;
  }

  /** Returns null for a type of message this version does not know. */
  @Nullable HubMessage read() {
    int elements = in.readArrayHeader();
    return switch (int32("messageType")) {
      case 1 -> invocation(elements);
      case 2 -> streamItem();
      case 3 -> completion();
      case 4 -> streamInvocation(elements);
      case 5 -> new CancelInvocation(headers(), requiredId("CancelInvocation"));
      case 6 -> Ping.INSTANCE;
      case 7 -> new Close(string("error"), allowReconnect(elements));
      case 8 -> new Ack(sequenceId());
      case 9 -> new Sequence(sequenceId());
      default -> null;
    };
  }

  private HubMessage invocation(int elements) {
    Map<String, String> headers = headers();
    String id = string("invocationId");
    if (id != null && id.isEmpty()) {
      id = null;
    }
    String spelled = required(string("target"), "target for Invocation message");
    Target target = binder.target(spelled);
    String name = target == null ? spelled : target.name();
    try {
      List<? extends @Nullable Object> arguments = arguments(target);
      return new Invocation(headers, id, name, arguments, streamIds(elements));
    } catch (BindingException e) {
      return new InvocationBindingFailure(id, name, e);
    }
  }

  /** Keeps the client's spelling of the target, as the reference does here. */
  private HubMessage streamInvocation(int elements) {
    Map<String, String> headers = headers();
    String id = requiredId("StreamInvocation");
    String name = required(string("target"), "target for StreamInvocation message");
    try {
      List<? extends @Nullable Object> arguments = arguments(binder.target(name));
      return new StreamInvocation(headers, id, name, arguments, streamIds(elements));
    } catch (BindingException e) {
      return new InvocationBindingFailure(id, name, e);
    }
  }

  private List<? extends @Nullable Object> arguments(@Nullable Target target) {
    if (target == null) {
      throw BindingException.unknownMethod();
    }
    return ArgumentReader.read(in, target, context.values());
  }

  private List<String> streamIds(int elements) {
    if (elements < ELEMENTS_WITH_STREAMS) {
      return List.of();
    }
    int count = count("array", "streamIds", MessagePackReader::readArrayHeader);
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ids.add(required(in.readStringOrNil(), "value in streamIds received"));
    }
    return List.copyOf(ids);
  }

  private HubMessage streamItem() {
    Map<String, String> headers = headers();
    String id = requiredId("StreamItem");
    Type type = binder.streamItemType(id);
    if (type == null) {
      return new StreamBindingFailure(
          id, BindingException.invalidData("No stream with id '" + id + "' could be found."));
    }
    try {
      return new StreamItem(headers, id, context.values().read(in, type));
    } catch (RuntimeException e) {
      // Whatever the application's types throw, only this stream fails.
      return new StreamBindingFailure(
          id, BindingException.invalidData(ReadContext.valueFailure(type, "item")));
    }
  }

  private HubMessage completion() {
    Map<String, String> headers = headers();
    String id = requiredId("Completion");
    return new Completion(
        headers,
        id,
        switch (int32("resultKind")) {
          case ResultKind.ERROR -> failure(string("error"));
          case ResultKind.NOTHING -> Outcome.Nothing.INSTANCE;
          case ResultKind.VALUE -> result(binder.resultType(id));
          default -> throw ProtocolException.invalidData("Invalid invocation result kind.");
        });
  }

  private static Outcome failure(@Nullable String error) {
    return error == null ? Outcome.Nothing.INSTANCE : new Outcome.Failure(error);
  }

  private Outcome result(@Nullable Type type) {
    if (type == null) {
      in.skip();
      return new Outcome.Result(null);
    }
    try {
      return new Outcome.Result(context.values().read(in, type));
    } catch (RuntimeException e) {
      // Whatever the application's types throw, only the one who waits for the result is told.
      return new Outcome.Failure(context.resultFailure(type));
    }
  }

  private boolean allowReconnect(int elements) {
    if (elements < ELEMENTS_WITH_RECONNECT) {
      return false;
    }
    try {
      return in.readBoolean();
    } catch (MessagePackException e) {
      throw unreadable("allowReconnect", "Boolean");
    }
  }

  private long sequenceId() {
    try {
      return in.readLong();
    } catch (MessagePackException e) {
      throw unreadable("sequenceId", "Int64");
    }
  }

  private Map<String, String> headers() {
    int count = count("map", "headers", MessagePackReader::readMapHeader);
    if (count == 0) {
      return Map.of();
    }
    Map<String, String> headers = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      String key = required(header(i, "Key"), "key in header");
      String value = required(header(i, "Value"), "value in header");
      if (headers.put(key, value) != null) {
        throw new ProtocolException(
            "ArgumentException", "An item with the same key has already been added. Key: " + key);
      }
    }
    return headers;
  }

  private @Nullable String header(int index, String part) {
    try {
      return in.readStringOrNil();
    } catch (MessagePackException e) {
      throw unreadable("headers[" + index + "]." + part, "String");
    }
  }

  private String requiredId(String message) {
    return required(string("invocationId"), "invocation ID for " + message + " message");
  }

  private static String required(@Nullable String text, String what) {
    if (text == null || text.isEmpty()) {
      throw ProtocolException.invalidData("Null or empty " + what + ".");
    }
    return text;
  }

  private @Nullable String string(String field) {
    try {
      return in.readStringOrNil();
    } catch (MessagePackException e) {
      throw unreadable(field, "String");
    }
  }

  private int int32(String field) {
    try {
      return in.readInt();
    } catch (MessagePackException e) {
      throw unreadable(field, "Int32");
    }
  }

  private int count(String container, String field, ToIntFunction<MessagePackReader> header) {
    try {
      return header.applyAsInt(in);
    } catch (MessagePackException e) {
      throw ProtocolException.invalidData(
          "Reading " + container + " length for '" + field + "' failed.");
    }
  }

  private static ProtocolException unreadable(String field, String type) {
    return ProtocolException.invalidData("Reading '" + field + "' as " + type + " failed.");
  }
}
