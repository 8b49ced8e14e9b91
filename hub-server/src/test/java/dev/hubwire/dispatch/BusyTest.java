package dev.hubwire.dispatch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hubwire.hub.ClientProxy;
import dev.hubwire.hub.Hub;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** When the end of a connection would break something off. */
class BusyTest {
  private static final String CALL =
      "{\"type\":1,\"invocationId\":\"1\",\"target\":\"one\",\"arguments\":[]}\u001e";
  private static final String STREAM =
      "{\"type\":4,\"invocationId\":\"2\",\"target\":\"ones\",\"arguments\":[]}\u001e";

  private final HubHarness<ClientProxy> harness = new HubHarness<>(OneHub::new);

  @Test
  void aClientThatHasNotShakenHandsIsBusyWithIt() {
    assertThat(harness.open().isBusy()).isTrue();
  }

  @Test
  void onlyTheSecondLookFindsAClientIdleForAnAnswerMayBeOnItsWayAtTheFirst() {
    HubHarness<ClientProxy>.Client client = harness.connect();
    assertThat(client.isBusy()).isTrue();
    assertThat(client.isBusy()).isFalse();
    assertThat(client.isBusy()).isFalse();
  }

  @Test
  void aCallIsUnderWayFromWhenItIsReadUntilTheLookAfterItsAnswer() {
    isUnderWayUntilItHasEnded(CALL, 1);
  }

  @Test
  void aStreamIsUnderWayUntilTheLookAfterItsEnd() {
    isUnderWayUntilItHasEnded(STREAM, 2);
  }

  private void isUnderWayUntilItHasEnded(String message, int answers) {
    HubHarness<ClientProxy>.Client client = idle();
    client.sendsBytes(message.getBytes(UTF_8));
    assertThat(client.isBusy()).isTrue();
    assertThat(client.isBusy()).isTrue();

    harness.settle();
    assertThat(client.received()).hasSize(answers);
    assertThat(client.isBusy()).isTrue();
    assertThat(client.isBusy()).isFalse();
  }

  @Test
  void aCallBetweenTwoLooksStartsThemAnew() {
    HubHarness<ClientProxy>.Client client = harness.connect();
    assertThat(client.isBusy()).isTrue();
    client.sendsBytes(CALL.getBytes(UTF_8));
    harness.settle();
    assertThat(client.isBusy()).isTrue();
    assertThat(client.isBusy()).isFalse();
  }

  @Test
  void halfOfARecordIsWaitedFor() {
    HubHarness<ClientProxy>.Client client = idle();
    client.sendsBytes("{\"type\":6".getBytes(UTF_8));
    assertThat(client.isBusy()).isTrue();
    client.sendsBytes("}\u001e".getBytes(UTF_8));
    assertThat(client.isBusy()).isFalse();
  }

  private HubHarness<ClientProxy>.Client idle() {
    HubHarness<ClientProxy>.Client client = harness.connect();
    while (client.isBusy()) {
      // Twice, after the handshake.
    }
    return client;
  }

  /** Has one thing to say. */
  public static final class OneHub extends Hub<ClientProxy> {
    public int one() {
      return 1;
    }

    public Stream<Integer> ones() {
      return Stream.of(1);
    }
  }
}
