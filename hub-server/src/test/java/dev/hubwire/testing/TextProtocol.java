package dev.hubwire.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hubwire.negotiation.TransferFormat;
import dev.hubwire.protocol.HubMessage;
import dev.hubwire.protocol.HubProtocol;
import dev.hubwire.protocol.InvocationBinder;
import dev.hubwire.protocol.SerializationException;
import dev.hubwire.transport.PayloadWriter;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes calls of clients as {@code name:target[arguments]}, followed by {@code ?id} if they want
 * an answer, and answers as {@code id=result}, {@code id!error} or {@code id}. It can write
 * everything but {@link #UNWRITABLE}, and reads answers only.
 */
public final class TextProtocol implements HubProtocol {
  public static final Object UNWRITABLE = new Object();

  private static final Pattern ANSWER =
      Pattern.compile("(?<id>[^=!]+)(=(?<result>.*)|!(?<error>.*))?");

  private final String name;
  private final AtomicInteger written = new AtomicInteger();

  public TextProtocol(String name) {
    this.name = name;
  }

  /** How many messages it has written. */
  public int written() {
    return written.get();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public TransferFormat transferFormat() {
    return TransferFormat.TEXT;
  }

  @Override
  public void write(HubMessage message, PayloadWriter target) {
    String text =
        switch (message) {
          case HubMessage.Invocation invocation -> text(invocation);
          case HubMessage.Completion completion -> text(completion);
          default ->
              throw new IllegalArgumentException(message + " (expected: a call or an answer)");
        };
    target.write(text.getBytes(UTF_8));
  }

  private String text(HubMessage.Invocation invocation) {
    if (invocation.arguments().contains(UNWRITABLE)) {
      throw new SerializationException("unwritable", new IllegalArgumentException("by design"));
    }
    written.incrementAndGet();
    String id = invocation.invocationId();
    return name + ":" + invocation.target() + invocation.arguments() + (id == null ? "" : "?" + id);
  }

  private static String text(HubMessage.Completion completion) {
    return completion.invocationId()
        + switch (completion.outcome()) {
          case HubMessage.Outcome.Result(Object value) -> "=" + value;
          case HubMessage.Outcome.Failure(String error) -> "!" + error;
          case HubMessage.Outcome.Nothing nothing -> "";
        };
  }

  @Override
  public int recordEnd(byte[] bytes, int start, int scanned, int end) {
    throw new UnsupportedOperationException("records come one by one here");
  }

  @Override
  public HubMessage read(byte[] bytes, int start, int end, InvocationBinder binder) {
    String text = new String(bytes, start, end - start, UTF_8);
    Matcher answer = ANSWER.matcher(text);
    if (!answer.matches()) {
      throw new IllegalArgumentException(text + " (expected: an answer)");
    }
    String id = answer.group("id");
    String error = answer.group("error");
    String result = answer.group("result");
    return error != null
        ? HubMessage.Completion.error(id, error)
        : result != null ? read(id, result, binder) : HubMessage.Completion.end(id);
  }

  private static HubMessage read(String id, String result, InvocationBinder binder) {
    try {
      return HubMessage.Completion.result(
          id, Integer.class.equals(binder.resultType(id)) ? Integer.valueOf(result) : result);
    } catch (NumberFormatException e) {
      return HubMessage.Completion.error(id, "Error trying to deserialize result.");
    }
  }
}
