package dev.hubwire.clients;

import static dev.hubwire.clients.JavaStage.call;
import static dev.hubwire.clients.JavaStage.idOf;
import static dev.hubwire.clients.JavaStage.soon;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.signalr.HubConnection;
import com.microsoft.signalr.HubConnectionState;
import io.reactivex.rxjava3.core.Completable;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** How connections end and come back; this client does so only when it is told to. */
@ParameterizedClass
@EnumSource(JavaWay.class)
class JavaClientLifetimesTest extends JavaClientCases {
  private static final int KEPT_SOCKETS = 5;

  @Test
  void endsWithoutAnErrorWhenItStops() throws Exception {
    HubConnection watcher = stage.open();
    int before = call(watcher, Integer.class, "DisconnectedCount");
    HubConnection connection = stage.open();
    var end = endOf(connection);
    soon(connection.stop());
    Optional<Exception> error = end.get(10, TimeUnit.SECONDS);
    if (way == JavaWay.LONG_POLLING && error.isPresent()) {
      // It may poll once more behind its own DELETE, and takes the answer for an error.
      assertThat(error.get()).hasMessageContaining("404");
    } else {
      assertThat(error).isEmpty();
    }
    Eventually.holds(() -> call(watcher, Integer.class, "DisconnectedCount") > before);
  }

  @Test
  void isEndedByAnAbortOfTheServer() throws Exception {
    HubConnection connection = stage.open();
    var end = endOf(connection);
    connection.send("AbortMe");
    assertThat(end.get(10, TimeUnit.SECONDS)).isEmpty();
    assertThat(connection.getConnectionState()).isEqualTo(HubConnectionState.DISCONNECTED);
  }

  @Test
  void isClosedByAMessageThatIsTooLong() throws Exception {
    HubConnection connection = stage.open();
    var end = endOf(connection);
    connection.send("Echo", "x".repeat(40_000));
    assertThat(end.get(10, TimeUnit.SECONDS))
        .hasValueSatisfying(
            error -> assertThat(error).hasMessage("Connection closed with an error."));
  }

  @Test
  void startsAgainUnderANewId() {
    HubConnection connection = stage.open();
    String before = idOf(connection);
    call(connection, "SetItem", "k", "v");
    soon(connection.stop());
    soon(connection.start());
    assertThat(idOf(connection)).isNotEqualTo(before);
    assertThat(call(connection, String.class, "Echo", "again")).isEqualTo("again");
  }

  @Test
  void noticesThatItsSocketWasCutAndStartsAgain() throws Exception {
    try (Relay relay = Relay.before(serverUrl())) {
      HubConnection connection = stage.build(relay.url(), JavaStage.CONFORMANCE, builder -> {});
      soon(connection.start());
      String before = idOf(connection);
      var end = endOf(connection);
      relay.cut();
      assertThat(end.get(10, TimeUnit.SECONDS)).isPresent();
      relay.mend();
      // Sockets of earlier requests that its HTTP library kept were cut too, and are tried first.
      soon(Completable.defer(connection::start).retry(KEPT_SOCKETS));
      assertThat(idOf(connection)).isNotEqualTo(before);
      soon(connection.stop());
    }
  }

  /** Why the connection ended, when it has; empty for no error. */
  private static CompletableFuture<Optional<Exception>> endOf(HubConnection connection) {
    var end = new CompletableFuture<Optional<Exception>>();
    connection.onClosed(error -> end.complete(Optional.ofNullable(error)));
    return end;
  }
}
