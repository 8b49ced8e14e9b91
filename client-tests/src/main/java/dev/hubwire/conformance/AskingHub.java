package dev.hubwire.conformance;

import dev.hubwire.hub.ClientAnswer;
import dev.hubwire.hub.ClientAnswers;
import dev.hubwire.hub.ClientResult;
import dev.hubwire.hub.Hub;
import dev.hubwire.hub.HubMethod;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The hub of {@code /conformance-results}: asks clients for more than the .NET original does. */
public final class AskingHub extends Hub<AskingHub.Client> {
  /** What clients are asked for. */
  public interface Client {
    byte @Nullable [] bytes(byte[] value);

    int number();
  }

  @HubMethod("AskForBytes")
  public byte @Nullable [] askForBytes(byte[] value) {
    return clients().caller().bytes(value);
  }

  @HubMethod("AskForNumber")
  public int askForNumber() {
    return clients().caller().number();
  }

  @HubMethod("AskWithin")
  public String askWithin(String question, int millis) {
    ClientResult<String> soon = ClientResult.of(String.class).within(Duration.ofMillis(millis));
    return clients().byName().caller().invokeAndWait("answer", soon, question);
  }

  /** Answers with what each of these answered, or failed with, in no order. */
  @HubMethod("AskEach")
  public List<String> askEach(List<String> connectionIds, String question, int millis) {
    try (ClientAnswers<String> answers =
        clients()
            .byName()
            .clients(connectionIds)
            .gather("answer", String.class, Duration.ofMillis(millis), question)) {
      return answers.stream().map(AskingHub::text).toList();
    }
  }

  private static String text(ClientAnswer<String> answer) {
    return switch (answer) {
      case ClientAnswer.Result<String> result -> String.valueOf(result.value());
      case ClientAnswer.Failure<String> failure -> "failed: " + failure.cause().getMessage();
    };
  }

  @HubMethod("Id")
  public String id() {
    return context().connectionId();
  }
}
