package dev.hubwire.samples.snippets.results;

import dev.hubwire.hub.Cancellation;
import dev.hubwire.hub.Hub;
import java.util.concurrent.CompletableFuture;

// docs:asking
public final class QuizHub extends Hub<QuizHub.Client> {
  public interface Client {
    String answer(String question); // asks, and waits

    CompletableFuture<Integer> bet(int most); // asks, and does not wait

    String answerInTime(String question, Cancellation cancellation); // the last is not sent

    void scored(int points); // tells, and wants no answer
  }

  public String ask(String question) {
    return clients().caller().answer(question);
  }

  public String askOther(String connectionId, String question, Cancellation cancellation) {
    return clients().client(connectionId).answerInTime(question, cancellation);
  }
}
// docs:end
