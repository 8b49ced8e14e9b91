package dev.hubwire.samples.snippets.results;

import dev.hubwire.hub.ClientAnswer;
import dev.hubwire.hub.ClientAnswers;
import dev.hubwire.hub.ClientResult;
import dev.hubwire.hub.ClientUnreachableException;
import dev.hubwire.hub.Hub;
import dev.hubwire.hub.HubException;
import dev.hubwire.server.HubServer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** More that a hub can ask. */
public final class QuestionsHub extends Hub<QuizHub.Client> {
  // docs:limits
  public String askQuickly(String question) {
    ClientResult<String> quickly = ClientResult.of(String.class).within(Duration.ofSeconds(10));
    return clients().byName().caller().invokeAndWait("answer", quickly, question);
  }

  // docs:end

  // docs:failures
  public String askAgain(String connectionId, String question) {
    try {
      return clients().client(connectionId).answer(question);
    } catch (ClientUnreachableException gone) {
      return "nobody is there";
    } catch (HubException failed) {
      return "no answer: " + failed.getMessage();
    }
  }

  // docs:end

  // docs:gathering
  public Map<String, Integer> vote(String room, String question) {
    Map<String, Integer> votes = new HashMap<>();
    try (ClientAnswers<String> answers =
        clients()
            .byName()
            .group(room)
            .gather("answer", String.class, Duration.ofSeconds(30), question)) {
      for (ClientAnswer<String> each : answers) {
        switch (each) {
          case ClientAnswer.Result<String>(var connectionId, var answer) ->
              votes.merge(String.valueOf(answer), 1, Integer::sum);
          case ClientAnswer.Failure<String>(var connectionId, var cause) ->
              votes.merge("no vote", 1, Integer::sum);
        }
      }
    }
    return votes;
  }

  // docs:end

  static CompletableFuture<Integer> outside(HubServer server, String connectionId) {
    // docs:outside
    CompletableFuture<Integer> bet =
        server.hubContext(QuizHub.class).clients().client(connectionId).bet(100);
    // docs:end
    return bet;
  }
}
