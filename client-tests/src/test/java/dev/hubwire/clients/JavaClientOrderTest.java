package dev.hubwire.clients;

import static dev.hubwire.clients.JavaStage.call;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.signalr.HubConnection;
import io.reactivex.rxjava3.core.Observable;
import java.util.Arrays;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What depends on the order of a client's messages. Over long polling this client does not wait for
 * one POST before it sends the next, so that they arrive in any order.
 */
@ParameterizedClass
@EnumSource(value = JavaWay.class, mode = EnumSource.Mode.EXCLUDE, names = "LONG_POLLING")
class JavaClientOrderTest extends JavaClientCases {
  @Test
  void keepsTheOrderOfAThousandSends() throws Exception {
    HubConnection connection = stage.open();
    Inbox<String> inbox = Inbox.texts(connection);
    String[] numbers = IntStream.range(0, 1_000).mapToObj(String::valueOf).toArray(String[]::new);
    Arrays.stream(numbers).forEach(number -> connection.send("SendToCaller", number));
    inbox.expect(numbers);
  }

  @Test
  void hasOneCallAtATimeRunInOrder() {
    HubConnection connection = stage.open();
    var finished = new ConcurrentLinkedQueue<String>();
    var slow = connection.invoke("Delay", 100).doOnComplete(() -> finished.add("slow")).cache();
    var unused = slow.subscribe();
    var quick = connection.invoke("Nothing").doOnComplete(() -> finished.add("quick"));
    JavaStage.soon(quick.mergeWith(slow));
    assertThat(finished).containsExactly("slow", "quick");
  }

  @Test
  void uploadsOneStreamOrTwo() {
    HubConnection connection = stage.open();
    assertThat(call(connection, Integer.class, "Upload", Observable.just("a", "b", "c")))
        .isEqualTo(3);
    assertThat(call(connection, Integer.class, "Upload", Observable.empty())).isZero();
    assertThat(call(connection, Integer.class, "UploadSum", Observable.range(1, 10), 100))
        .isEqualTo(155);
    assertThat(
            call(
                connection, Integer.class, "TwoStreams", Observable.just(1, 2), Observable.just(3)))
        .isEqualTo(6);
  }
}
