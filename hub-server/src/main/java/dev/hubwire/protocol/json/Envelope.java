package dev.hubwire.protocol.json;

import dev.hubwire.protocol.BindingException;
import dev.hubwire.protocol.HubMessage;
import dev.hubwire.protocol.HubMessage.CancelInvocation;
import dev.hubwire.protocol.HubMessage.Completion;
import dev.hubwire.protocol.HubMessage.Invocation;
import dev.hubwire.protocol.HubMessage.InvocationBindingFailure;
import dev.hubwire.protocol.HubMessage.Outcome;
import dev.hubwire.protocol.HubMessage.StreamBindingFailure;
import dev.hubwire.protocol.HubMessage.StreamInvocation;
import dev.hubwire.protocol.HubMessage.StreamItem;
import dev.hubwire.protocol.InvocationBinder;
import dev.hubwire.protocol.InvocationBinder.Target;
import dev.hubwire.protocol.ProtocolException;
import dev.hubwire.protocol.text.JsonScanner;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the members of one record said so far, and the message they make. A value that came before
 * the member which says what it is meant for waits as a scanner that starts with it, and is read at
 * the end, whatever came after it: so the last of two members with one name wins, but for such a
 * value.
 *
 * <p>The order of the checks is on the wire: it decides which of two faults is told, and whether
 * the call or the connection fails ({@code docs/protocol/hub-protocol.md} §4.2 and §4.3). Used by
 * one thread.
 */
final class Envelope {
  private final InvocationBinder binder;
  private final ReadContext context;

  @Nullable Integer type;
  Map<String, String> headers = Map.of();
  @Nullable String invocationId;
  @Nullable String targetName;
  private @Nullable Target target;
  List<String> streamIds = List.of();
  @Nullable String error;
  boolean allowReconnect;
  @Nullable Long sequenceId;

  @Nullable JsonScanner earlyArguments;
  private @Nullable List<? extends @Nullable Object> arguments;
  private @Nullable BindingException argumentFailure;

  boolean hasResult;
  @Nullable JsonScanner earlyResult;
  private @Nullable Object result;

  @Nullable JsonScanner earlyItem;
  @Nullable BindingException itemFailure;
  private boolean hasItem;
  private @Nullable Object item;

  Envelope(InvocationBinder binder, ReadContext context) {
    this.binder = binder;
    this.context = context;
  }

  /** The id, or null if there is none so far, or an empty one. */
  @Nullable String givenId() {
    return invocationId == null || invocationId.isEmpty() ? null : invocationId;
  }

  /**
   * Looks the target up. From here on it has its declared name, but for one that was spelled with
   * escapes, which the reference leaves as it is.
   */
  void setTarget(String spelled, boolean hasEscapes) {
    target = binder.target(spelled);
    targetName = target == null || hasEscapes ? spelled : target.name();
  }

  /** Reads arguments for the target, from the start of their array to its end. */
  void bindArguments(JsonScanner from) {
    int outerDepth = from.depth() - 1;
    try {
      if (target == null) {
        throw BindingException.unknownMethod();
      }
      arguments = ArgumentReader.read(from, target, context.values());
    } catch (BindingException e) {
      argumentFailure = e;
      // What cannot be bound must still be JSON.
      from.skipTo(outerDepth);
    }
  }

  /** Reads a client's result; nobody waits for one with an unknown id. */
  void bindResult(JsonScanner from, String id) {
    result = null;
    int outerDepth = outerDepth(from);
    Type resultType = binder.resultType(id);
    if (resultType != null) {
      try {
        result = context.values().read(from, resultType);
      } catch (RuntimeException e) {
        // Whatever the application's types throw, only the one who waits for the result is told.
        hasResult = false;
        error = context.resultFailure(resultType, e);
      }
    }
    from.skipTo(outerDepth);
  }

  /** Reads an item of a stream; any failure fails that stream. */
  void bindItem(JsonScanner from, String id) {
    Type itemType = binder.streamItemType(id);
    if (itemType == null) {
      itemFailure = BindingException.invalidData(noStream(id));
    } else {
      bindItem(from, itemType);
    }
  }

  private void bindItem(JsonScanner from, Type itemType) {
    int outerDepth = outerDepth(from);
    try {
      item = context.values().read(from, itemType);
      hasItem = true;
      from.skipTo(outerDepth);
    } catch (RuntimeException e) {
      itemFailure = BindingException.invalidData(ReadContext.reason(e));
    }
  }

  private static int outerDepth(JsonScanner from) {
    return from.token().isStart() ? from.depth() - 1 : from.depth();
  }

  /** Returns null for a type of message this version does not know. */
  @Nullable HubMessage message() {
    if (itemFailure != null && invocationId != null) {
      return new StreamBindingFailure(invocationId, itemFailure);
    }
    if (type == null) {
      throw missing(Member.TYPE);
    }
    return switch (type) {
      case 1 -> invocation();
      case 2 -> streamItem();
      case 3 -> completion();
      case 4 -> streamInvocation();
      case 5 -> new CancelInvocation(headers, requiredId());
      case 6 -> HubMessage.Ping.INSTANCE;
      case 7 -> new HubMessage.Close(error, allowReconnect);
      case 8 -> new HubMessage.Ack(requiredSequenceId());
      case 9 -> new HubMessage.Sequence(requiredSequenceId());
      default -> null;
    };
  }

  private HubMessage invocation() {
    String name = boundTarget();
    String id = givenId();
    if (argumentFailure != null) {
      return new InvocationBindingFailure(id, name, argumentFailure);
    }
    requireTarget(name);
    return new Invocation(headers, id, name, requiredArguments(), streamIds);
  }

  private HubMessage streamInvocation() {
    String name = boundTarget();
    if (argumentFailure != null) {
      return new InvocationBindingFailure(givenId(), name, argumentFailure);
    }
    String id = requiredId();
    List<? extends @Nullable Object> values = requiredArguments();
    requireTarget(name);
    return new StreamInvocation(headers, id, name, values, streamIds);
  }

  /** Returns the target's name, after its arguments were bound. */
  private String boundTarget() {
    if (targetName == null) {
      throw missing(Member.TARGET);
    }
    if (earlyArguments != null) {
      JsonScanner from = earlyArguments;
      from.next();
      bindArguments(from);
    }
    return targetName;
  }

  private static void requireTarget(String name) {
    if (name.isEmpty()) {
      throw missing(Member.TARGET);
    }
  }

  private List<? extends @Nullable Object> requiredArguments() {
    if (arguments == null) {
      throw missing(Member.ARGUMENTS);
    }
    return arguments;
  }

  private HubMessage streamItem() {
    String id = presentId();
    if (earlyItem != null) {
      JsonScanner from = earlyItem;
      Type itemType = binder.streamItemType(id);
      if (itemType == null) {
        // Unlike an item after its id; so does the reference.
        throw new ProtocolException("KeyNotFoundException", noStream(id));
      }
      from.next();
      bindItem(from, itemType);
      if (itemFailure != null) {
        return new StreamBindingFailure(id, itemFailure);
      }
    }
    requiredId();
    if (!hasItem) {
      throw missing(Member.ITEM);
    }
    return new StreamItem(headers, id, item);
  }

  private HubMessage completion() {
    String id = presentId();
    if (earlyResult != null) {
      JsonScanner from = earlyResult;
      from.next();
      bindResult(from, id);
    }
    requiredId();
    if (error != null && hasResult) {
      throw ProtocolException.invalidData(
          "The 'error' and 'result' properties are mutually exclusive.");
    }
    return new Completion(headers, id, outcome());
  }

  private Outcome outcome() {
    if (error != null) {
      return new Outcome.Failure(error);
    }
    return hasResult ? new Outcome.Result(result) : Outcome.Nothing.INSTANCE;
  }

  /** The id, which may be empty. */
  private String presentId() {
    if (invocationId == null) {
      throw missing(Member.INVOCATION_ID);
    }
    return invocationId;
  }

  private String requiredId() {
    String id = presentId();
    if (id.isEmpty()) {
      throw missing(Member.INVOCATION_ID);
    }
    return id;
  }

  private long requiredSequenceId() {
    if (sequenceId == null) {
      throw missing(Member.SEQUENCE_ID);
    }
    return sequenceId;
  }

  private static String noStream(String id) {
    return "No stream with id '" + id + "' could be found.";
  }

  private static ProtocolException missing(Member member) {
    return ProtocolException.invalidData("Missing required property '" + member + "'.");
  }
}
