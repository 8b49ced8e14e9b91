package dev.hubwire.dispatch;

import dev.hubwire.hub.HubException;
import dev.hubwire.protocol.HubMessage;
import dev.hubwire.protocol.InvocationBinder;
import dev.hubwire.registry.ClientResults;
import dev.hubwire.transport.User;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is to be done with each message of one connection ({@code docs/protocol/hub-semantics.md}
 * §7). Lane thread only, where it does not say otherwise.
 */
final class MessageHandler implements InvocationBinder {
  private final HubRuntime<?> runtime;
  private final HubConnection connection;
  private final CallQueue calls;
  private final ActiveCalls active = new ActiveCalls();
  private final Uploads uploads;

  /** Null until a method is called that may be called so often only. */
  private @Nullable CallRates rates;

  /**
   * @param readOn called on the lane when {@link #mustWait} may have changed to false
   */
  MessageHandler(
      HubRuntime<?> runtime, HubConnection connection, CallQueue calls, Runnable readOn) {
    this.runtime = runtime;
    this.connection = connection;
    this.calls = calls;
    this.uploads =
        new Uploads(runtime.settings(), () -> connection.connection().lane().execute(readOn));
  }

  /**
   * @param bytes with the record that the message was read from, from {@code start} to {@code end}
   */
  void handle(HubMessage message, byte[] bytes, int start, int end) {
    int wireBytes = end - start;
    switch (message) {
      case HubMessage.Calling call -> called(call, wireBytes);
      case HubMessage.InvocationBindingFailure failure -> bindingFailed(failure);
      case HubMessage.Ping ping -> connection.pinged();
      case HubMessage.Close close -> connection.clientCloses(close);
      case HubMessage.Completion completion -> {
        if (!endsUpload(completion)
            && !results().complete(connection, completion, bytes, start, end)) {
          ignore("completion", completion.invocationId());
        }
      }
      case HubMessage.StreamItem item -> {
        if (!uploads.put(item, wireBytes)) {
          ignore("stream item", item.invocationId());
        }
      }
      case HubMessage.StreamBindingFailure failure -> {
        HubException told = new HubException(runtime.errors().itemDoesNotFit(failure.cause()));
        if (!uploads.end(failure.invocationId(), told)) {
          ignore("stream item", failure.invocationId());
        }
      }
      case HubMessage.CancelInvocation cancel -> {
        if (!active.cancel(cancel.invocationId())) {
          ignore("cancellation", cancel.invocationId());
        }
      }
      case HubMessage.Ack ack -> {}
      case HubMessage.Sequence sequence -> {}
    }
  }

  /** Whether the next message has to wait until a hub's method reads what is uploaded to it. */
  boolean mustWait() {
    return uploads.isBlocked();
  }

  /** Cancels what runs and waits, ends what is uploaded, and gives up what the client was asked. */
  void connectionIsOver() {
    runtime.registry().connectionIsOver(connection);
    active.cancelAll();
    uploads.endAll();
  }

  /** What a method gets for an upload. Any thread. */
  Object given(Upload upload, HubParameter.Upload parameter) {
    return parameter.published() ? new UploadPublisher(upload, runtime.threads()) : upload;
  }

  /** As {@link CallQueue#giveUpSlot}. */
  void giveUpSlot(Call call) {
    calls.giveUpSlot(call);
  }

  /** As {@link Call#end}. Any thread. */
  void ended(Call call) {
    if (call.extras().cancellation() != null) {
      call.extras().cancellation().end();
    }
    active.remove(call);
    uploads.close(call.message().streamIds(), call.extras().uploads());
  }

  @Override
  public @Nullable Target target(String name) {
    HubMethodDescriptor method = runtime.type().methods().find(name);
    return method == null ? null : method.target();
  }

  @Override
  public @Nullable Type resultType(String invocationId) {
    return results().typeOf(invocationId);
  }

  @Override
  public @Nullable Type streamItemType(String streamId) {
    return uploads.itemType(streamId);
  }

  private void called(HubMessage.Calling message, int wireBytes) {
    HubMethodDescriptor method =
        Objects.requireNonNull(runtime.type().methods().find(message.target()), "bound to one");
    String refusal = refusal(message, method, wireBytes);
    if (refusal == null) {
      Call call = new Call(connection, message, method, extras(message, method), wireBytes);
      if (!call.extras().isEmpty()) {
        active.add(call);
      }
      calls.add(call);
    } else if (message.invocationId() != null) {
      connection.send(HubMessage.Completion.error(message.invocationId(), refusal));
    }
  }

  private Call.Extras extras(HubMessage.Calling message, HubMethodDescriptor method) {
    if (method.takesSlot() && !method.isCancellable() && !method.hasTimeout()) {
      return Call.Extras.NONE;
    }
    List<Upload> opened = uploads.open(message.streamIds(), method.uploads());
    return new Call.Extras(
        opened,
        method.isCancellable() ? new CallCancellation(runtime.threads()) : null,
        method.hasTimeout() ? new CallTimeout(runtime.threads()) : null);
  }

  /** Why a call is not carried out, in the reference's order, or null. */
  private @Nullable String refusal(
      HubMessage.Calling message, HubMethodDescriptor method, int wireBytes) {
    String target = message.target();
    ErrorTexts errors = runtime.errors();
    String forbidden = method.requirements().isEmpty() ? null : forbidden(target, method);
    if (forbidden != null) {
      return forbidden;
    }
    boolean wantsStream = message instanceof HubMessage.StreamInvocation;
    if (wantsStream != method.isStreaming()) {
      return wantsStream ? errors.notStreaming(target) : errors.streaming(target);
    }
    int sent = message.streamIds().size();
    if (sent != method.uploads().size()) {
      return errors.streamCount(target, sent, method.uploads().size());
    }
    HubException limited = method.limits() == null ? null : limited(method.limits(), wireBytes);
    if (limited != null) {
      DispatchLog.limited(connection.connectionId(), target, limited.getMessage());
      return errors.invocationFailed(target, limited);
    }
    return method.takesSlot() && !method.isCancellable() ? null : busy(message, method);
  }

  /** Why the user may not call a method, or null. */
  private @Nullable String forbidden(String target, HubMethodDescriptor method) {
    User user = connection.context().user();
    try {
      if (method.requirements().stream().allMatch(requirement -> requirement.isMetBy(user))) {
        return null;
      }
    } catch (RuntimeException policyFailed) {
      DispatchLog.invocationFailed(connection.connectionId(), target, policyFailed);
      return runtime.errors().invocationFailed(target, policyFailed);
    }
    DispatchLog.unauthorized(connection.connectionId(), target);
    return runtime.errors().unauthorized(target);
  }

  /** Which limit a call would pass, or null. */
  private @Nullable HubException limited(MethodLimits limits, int wireBytes) {
    if (!limits.allowsBytes(wireBytes)) {
      return limits.tooLarge(wireBytes);
    }
    if (limits.ratePerSecond() == 0) {
      return null;
    }
    if (rates == null) {
      rates = new CallRates();
    }
    return rates.allow(limits, runtime.nanoClock().getAsLong()) ? null : limits.tooOften();
  }

  /** Why a call of a method that streams or can be cancelled has to wait for others, or null. */
  private @Nullable String busy(HubMessage.Calling message, HubMethodDescriptor method) {
    String streamId = uploads.firstInUse(message.streamIds());
    if (streamId != null) {
      return runtime.errors().streamIdInUse(message.target(), streamId);
    }
    int most = runtime.settings().streams().maxCalls();
    if (!method.takesSlot() && active.streams() >= most) {
      return runtime.errors().tooManyStreams(message.target(), most);
    }
    String id = message.invocationId();
    return id != null && method.isCancellable() && active.contains(id)
        ? runtime.errors().invocationIdInUse(id)
        : null;
  }

  private void bindingFailed(HubMessage.InvocationBindingFailure failure) {
    DispatchLog.bindingFailed(connection.connectionId(), failure.target(), failure.cause());
    if (failure.invocationId() != null) {
      String text = runtime.errors().bindingFailed(failure.target(), failure.cause());
      connection.send(HubMessage.Completion.error(failure.invocationId(), text));
    }
  }

  /** A completion with a result ends an upload normally, too. */
  private boolean endsUpload(HubMessage.Completion completion) {
    HubException failure =
        completion.outcome() instanceof HubMessage.Outcome.Failure(String error)
            ? new HubException(error)
            : null;
    return uploads.end(completion.invocationId(), failure);
  }

  private ClientResults results() {
    return runtime.registry().results();
  }

  private void ignore(String what, String id) {
    DispatchLog.ignored(connection.connectionId(), what, id);
  }
}
