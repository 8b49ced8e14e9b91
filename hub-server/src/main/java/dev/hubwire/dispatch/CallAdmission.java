package dev.hubwire.dispatch;

import dev.hubwire.protocol.HubMessage;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Decides which calls of one connection are carried out, in the reference's order of checks ({@code
 * docs/protocol/hub-semantics.md} §8), and answers the others. Lane thread only.
 */
final class CallAdmission {
  private final HubRuntime<?> runtime;
  private final HubConnection connection;
  private final CallQueue calls;

  CallAdmission(HubRuntime<?> runtime, HubConnection connection, CallQueue calls) {
    this.runtime = runtime;
    this.connection = connection;
    this.calls = calls;
  }

  void invoked(HubMessage.Invocation invocation, int wireBytes) {
    HubMethodDescriptor method = method(invocation.target());
    String refusal = refusal(invocation.target(), method, invocation.streamIds().size(), false);
    if (refusal == null) {
      calls.add(new Call.Unary(connection, invocation, method, wireBytes));
    } else if (invocation.invocationId() != null) {
      connection.send(HubMessage.Completion.error(invocation.invocationId(), refusal));
    }
  }

  void streamInvoked(HubMessage.StreamInvocation invocation, int wireBytes) {
    HubMethodDescriptor method = method(invocation.target());
    String refusal = refusal(invocation.target(), method, invocation.streamIds().size(), true);
    StreamRun stream = new StreamRun(runtime, connection, invocation, method);
    if (refusal == null) {
      refusal =
          switch (connection.streams().admit(stream)) {
            case ADMITTED -> null;
            case ID_IN_USE -> runtime.errors().streamIdInUse(invocation.invocationId());
            case TOO_MANY -> runtime.errors().tooManyStreams(invocation.target());
          };
    }
    if (refusal == null) {
      calls.add(new Call.Streamed(stream, wireBytes));
    } else {
      connection.send(HubMessage.Completion.error(invocation.invocationId(), refusal));
    }
  }

  private HubMethodDescriptor method(String target) {
    return Objects.requireNonNull(runtime.type().methods().find(target), "bound to a method");
  }

  /** Why a call is not carried out, in the reference's order, or null. */
  private @Nullable String refusal(
      String target, HubMethodDescriptor method, int streamsSent, boolean wantsStream) {
    for (RoleRequirement requirement : method.requirements()) {
      if (!requirement.isMetBy(connection.context().user())) {
        DispatchLog.unauthorized(connection.connectionId(), target);
        return runtime.errors().unauthorized(target);
      }
    }
    if (method.returns().kind().isStream() != wantsStream) {
      return wantsStream
          ? runtime.errors().notStreaming(target)
          : runtime.errors().streaming(target);
    }
    return streamsSent == 0 ? null : runtime.errors().unexpectedStreams(target, streamsSent);
  }

  void cancelled(String invocationId) {
    if (!connection.streams().cancel(invocationId)) {
      DispatchLog.ignored(connection.connectionId(), "cancellation", invocationId);
    }
  }

  void bindingFailed(HubMessage.InvocationBindingFailure failure) {
    DispatchLog.bindingFailed(connection.connectionId(), failure.target(), failure.cause());
    if (failure.invocationId() != null) {
      String text = runtime.errors().bindingFailed(failure.target(), failure.cause());
      connection.send(HubMessage.Completion.error(failure.invocationId(), text));
    }
  }
}
