package dev.hubwire.dispatch;

import dev.hubwire.hub.HubCallerContext;
import dev.hubwire.protocol.HubMessage;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One invocation that was read, bound and allowed, and has not been run.
 *
 * @param extras what its method gets besides the arguments on the wire
 * @param wireBytes its size on the wire, by which waiting calls are bounded
 */
record Call(
    HubConnection connection,
    HubMessage.Calling message,
    HubMethodDescriptor method,
    Extras extras,
    int wireBytes)
    implements Queued {

  /**
   * What a call is given that is not on the wire.
   *
   * @param uploads in parameter order
   * @param cancellation null if the call cannot be cancelled
   * @param timeout null if the call may take as long as it likes
   */
  record Extras(
      List<Upload> uploads,
      @Nullable CallCancellation cancellation,
      @Nullable CallTimeout timeout) {
    static final Extras NONE = new Extras(List.of(), null, null);

    boolean isEmpty() {
      return cancellation == null && timeout == null && uploads.isEmpty();
    }
  }

  /**
   * A value for each parameter of the method. Throws what keeps a service from being there.
   *
   * @param scope not null where the method needs one
   */
  @Nullable Object[] arguments(@Nullable CallScope scope) throws Exception {
    if (extras.isEmpty() && !method.hasServices()) {
      return message.arguments().toArray();
    }
    Iterator<? extends @Nullable Object> wire = message.arguments().iterator();
    Iterator<Upload> uploads = extras.uploads().iterator();
    List<HubParameter> parameters = method.parameters();
    @Nullable Object[] values = new @Nullable Object[parameters.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] =
          switch (parameters.get(i)) {
            case HubParameter.Wire argument -> wire.next();
            case HubParameter.Upload upload -> connection.messages().given(uploads.next(), upload);
            case HubParameter.Cancelling cancelling -> extras.cancellation();
            case HubParameter.Service service ->
                Objects.requireNonNull(scope, "services need a scope").service(service.key());
          };
    }
    return values;
  }

  /** What the hub sees of the caller. */
  HubCallerContext caller() {
    CallerContext context = connection.context();
    return message.headers().isEmpty() ? context : new MessageContext(context, message.headers());
  }

  /** The cancellation of a call that has one. */
  CallCancellation cancellation() {
    return Objects.requireNonNull(extras.cancellation(), "the call cannot be cancelled");
  }

  @Override
  public boolean takesSlot() {
    return method.takesSlot();
  }

  boolean isCancelled() {
    return extras.cancellation() != null && extras.cancellation().isCancelled();
  }

  /** Whether the answer is still to be given; the first who asks gives it. */
  boolean claimAnswer() {
    return extras.timeout() == null || extras.timeout().claimAnswer();
  }

  /** As {@link CallQueue#giveUpSlot}. */
  void giveUpSlot() {
    connection.messages().giveUpSlot(this);
  }

  /**
   * The method is done, and its stream, if it returned one: its id is free again, and what the
   * client still uploads for it is dropped. To be called on the thread that ran it, before the
   * answer is sent. Idempotent.
   */
  void end() {
    if (!extras.isEmpty()) {
      connection.messages().ended(this);
    }
  }
}
