package dev.hubwire.clients;

import static dev.hubwire.clients.JavaStage.call;
import static dev.hubwire.clients.JavaStage.idOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.signalr.HubConnection;
import io.reactivex.rxjava3.core.Single;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What the server asks its clients. */
@ParameterizedClass
@EnumSource(JavaWay.class)
class JavaClientResultsTest extends JavaClientCases {
  private static final String FAILED =
      "An unexpected error occurred invoking 'AskCaller' on the server. HubException: ";

  @Test
  void answersTheHubThatItCalls() {
    HubConnection connection = stage.open();
    connection.onWithResult("answer", JavaClientResultsTest::answer, String.class);
    assertThat(call(connection, String.class, "AskCaller", TRICKY)).isEqualTo("To " + TRICKY);
  }

  @Test
  void answersWhatAnotherConnectionAsks() {
    List<HubConnection> both = stage.several(2);
    both.get(1).onWithResult("answer", JavaClientResultsTest::answer, String.class);
    String id = idOf(both.get(1));
    assertThat(call(both.get(0), String.class, "AskConnection", id, "this")).isEqualTo("To this");
  }

  @Test
  void tellsTheHubWhyItHasNoAnswer() {
    HubConnection connection = stage.open();
    // Its words for a method that it does not know: it takes one without arguments for granted.
    refused(
        () -> call(connection, "AskCaller", "this"),
        FAILED + "Client failed to parse argument(s).");
    connection.onWithResult(
        "answer",
        question -> Single.<String>error(new IllegalStateException("no idea")),
        String.class);
    refused(() -> call(connection, "AskCaller", "this"), FAILED + "no idea");
    assertThat(call(connection, String.class, "Echo", "still here")).isEqualTo("still here");
  }

  private static Single<String> answer(String question) {
    return Single.just("To " + question);
  }
}
