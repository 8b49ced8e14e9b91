package dev.hubwire.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/**
 * However often a client loses its socket, and at whichever byte of either direction, every message
 * arrives once, in order, in both directions.
 */
class ReplayPropertyTest {
  private static final int ROOM_FOR_ALL = 1_000_000;

  /** What happens next; bytes move a few at a time, so that cuts fall anywhere. */
  sealed interface Step {
    record ClientSends() implements Step {}

    record ServerSends() implements Step {}

    record BytesUp(int most) implements Step {}

    record BytesDown(int most) implements Step {}

    /** The server notices that the socket is gone. */
    record Loss() implements Step {}

    /** The client has a new socket, whether the server has noticed the loss of the old or not. */
    record Return() implements Step {}

    record ClientAcknowledges() implements Step {}

    /** The server acknowledges what is due. */
    record Scan() implements Step {}
  }

  @Property(tries = 500)
  void everyMessageArrivesOnceInJson(@ForAll("steps") List<Step> steps) {
    new World("json").play(steps);
  }

  @Property(tries = 500)
  void everyMessageArrivesOnceInMessagePack(@ForAll("steps") List<Step> steps) {
    new World("messagepack").play(steps);
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    Arbitrary<Integer> bytes = Arbitraries.integers().between(1, 200);
    Arbitrary<Step> step =
        Arbitraries.frequencyOf(
            Tuple.of(6, Arbitraries.just(new Step.ClientSends())),
            Tuple.of(6, Arbitraries.just(new Step.ServerSends())),
            Tuple.of(6, bytes.map(Step.BytesUp::new)),
            Tuple.of(6, bytes.map(Step.BytesDown::new)),
            Tuple.of(1, Arbitraries.just(new Step.Loss())),
            Tuple.of(2, Arbitraries.just(new Step.Return())),
            Tuple.of(2, Arbitraries.just(new Step.ClientAcknowledges())),
            Tuple.of(2, Arbitraries.just(new Step.Scan())));
    return step.list().ofMaxSize(80);
  }

  private static final class World {
    private final ReattachHarness harness;
    private int notes;
    private int tells;

    World(String protocol) {
      harness = new ReattachHarness(protocol, 2, ROOM_FOR_ALL);
    }

    void play(List<Step> steps) {
      steps.forEach(this::take);
      harness.reattach();
      harness.exchange();
      assertThat(harness.line().closeReason()).isNull();
      assertThat(harness.notes()).isEqualTo(numbers(notes));
      assertThat(harness.answers()).isEqualTo(numbers(notes));
      assertThat(harness.told()).isEqualTo(numbers(tells));
      harness.client().acknowledge();
      harness.exchange();
      assertThat(harness.buffers()).as("kept after all is acknowledged").isZero();
    }

    private void take(Step step) {
      switch (step) {
        case Step.ClientSends sends -> harness.clientNotes(notes++);
        case Step.ServerSends sends -> harness.serverTells(tells++);
        case Step.BytesUp(int most) -> harness.up(most);
        case Step.BytesDown(int most) -> harness.down(most);
        case Step.Loss loss -> {
          if (harness.line().isAttached()) {
            harness.line().lose();
          }
        }
        case Step.Return comesBack -> harness.reattach();
        case Step.ClientAcknowledges acknowledges -> harness.client().acknowledge();
        case Step.Scan scan -> harness.advance(Duration.ofMillis(1));
      }
    }

    private static List<Integer> numbers(int count) {
      return IntStream.range(0, count).boxed().toList();
    }
  }
}
