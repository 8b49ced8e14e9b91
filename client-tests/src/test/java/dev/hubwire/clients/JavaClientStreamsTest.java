package dev.hubwire.clients;

import static dev.hubwire.clients.JavaStage.call;
import static dev.hubwire.clients.JavaStage.collected;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.signalr.HubConnection;
import io.reactivex.rxjava3.core.Observable;
import io.reactivex.rxjava3.disposables.Disposable;
import io.reactivex.rxjava3.subjects.PublishSubject;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Streams from and to the server. */
@ParameterizedClass
@EnumSource(JavaWay.class)
class JavaClientStreamsTest extends JavaClientCases {
  @Test
  void receivesStreamsInOrderAndToTheEnd() {
    HubConnection connection = stage.open();
    assertThat(collected(connection.stream(Integer.class, "Counter", 100, 0)))
        .containsExactlyElementsOf(IntStream.range(0, 100).boxed().toList());
    assertThat(collected(connection.stream(Integer.class, "Counter", 0, 0))).isEmpty();
  }

  @Test
  void hearsWhyAStreamFailed() {
    HubConnection connection = stage.open();
    refused(
        () -> collected(connection.stream(Integer.class, "FailingCounter", 2)),
        "An error occurred on the server while streaming results.");
    refused(
        () -> collected(connection.stream(String.class, "Echo", "x")),
        "The client attempted to invoke the non-streaming 'Echo' method with a streaming"
            + " invocation.");
    refused(
        () -> call(connection, Integer.class, "Counter", 1, 0),
        "The client attempted to invoke the streaming 'Counter' method with a non-streaming"
            + " invocation.");
  }

  @Test
  void cancelsAStreamAndCallsGoOnMeanwhile() throws Exception {
    HubConnection connection = stage.open();
    int before = call(connection, Integer.class, "CancelledStreams");
    var third = new CountDownLatch(3);
    Disposable subscription =
        connection.stream(Integer.class, "InfiniteCounter", 1).subscribe(item -> third.countDown());
    assertThat(call(connection, String.class, "Echo", "meanwhile")).isEqualTo("meanwhile");
    assertThat(third.await(10, TimeUnit.SECONDS)).isTrue();
    subscription.dispose();
    Eventually.holds(() -> call(connection, Integer.class, "CancelledStreams") > before);
  }

  @Test
  void uploadsAndReceivesAtTheSameTime() {
    HubConnection connection = stage.open();
    PublishSubject<String> upload = PublishSubject.create();
    var answers = connection.stream(String.class, "EchoStream", upload).replay();
    answers.connect();
    upload.onNext("a");
    assertThat(answers.firstElement().timeout(10, TimeUnit.SECONDS).blockingGet()).isEqualTo("a");
    upload.onNext("b");
    assertThat(answers.elementAt(1).timeout(10, TimeUnit.SECONDS).blockingGet()).isEqualTo("b");
    upload.onComplete();
    assertThat(collected(answers)).containsExactly("a", "b");
  }

  @Test
  void tellsTheHubWhenAnUploadFails() {
    HubConnection connection = stage.open();
    var upload = Observable.<String>error(new IllegalStateException("no more"));
    refused(
        () -> call(connection, Integer.class, "Upload", upload),
        "An unexpected error occurred invoking 'Upload' on the server. HubException:"
            + " java.lang.IllegalStateException: no more");
    assertThat(call(connection, String.class, "Echo", "still here")).isEqualTo("still here");
  }
}
