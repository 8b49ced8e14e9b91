package dev.hubwire.backplane.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SubscriptionsTest {
  private final Subscriptions subscriptions = new Subscriptions();
  private final FakeWire redis = new FakeWire();

  /** Keeps what is asked of it, and does it when the test says so. */
  private static final class FakeWire implements Subscriptions.Wire {
    private final List<String> requests = new ArrayList<>();

    @Override
    public void subscribe(Collection<String> channels) {
      channels.forEach(channel -> requests.add("+" + channel));
    }

    @Override
    public void unsubscribe(String channel) {
      requests.add("-" + channel);
    }
  }

  @Test
  void asksOnceForAChannelThatSeveralWant() {
    var whole = subscriptions.attach(redis);
    assertThat(whole).as("nothing is wanted").isCompleted();
    CompletableFuture<?> first = subscriptions.acquire("g");
    CompletableFuture<?> second = subscriptions.acquire("g");
    assertThat(redis.requests).containsExactly("+g");
    assertThat(first).isNotDone();
    subscriptions.confirmed(redis, "g");
    assertThat(first).isCompleted();
    assertThat(second).isCompleted();
    subscriptions.release("g");
    assertThat(redis.requests).containsExactly("+g");
    subscriptions.release("g");
    assertThat(redis.requests).containsExactly("+g", "-g");
    assertThat(subscriptions.size()).isZero();
  }

  @Test
  void waitsForTheLastRequestWhenAChannelComesAndGoes() {
    var whole = subscriptions.attach(redis);
    assertThat(whole).isCompleted();
    var unused = subscriptions.acquire("g");
    subscriptions.release("g");
    CompletableFuture<?> again = subscriptions.acquire("g");
    subscriptions.confirmed(redis, "g");
    assertThat(again).as("confirmed is the first, which was undone").isNotDone();
    subscriptions.confirmed(redis, "g");
    assertThat(again).isCompleted();
  }

  @Test
  void whoWaitsForAChannelThatAnotherLetsGoGoesOn() {
    assertThat(subscriptions.attach(redis)).isCompleted();
    CompletableFuture<?> waiting = subscriptions.acquire("g");
    subscriptions.release("g");
    assertThat(waiting).isCompleted();
  }

  @Test
  void asksForEverythingWhenThereIsANewSession() {
    CompletableFuture<?> whileAway = subscriptions.acquire("a");
    assertThat(whileAway).as("nobody waits for a Redis that is away").isCompleted();
    var unused = subscriptions.acquire("b");
    CompletableFuture<?> whole = subscriptions.attach(redis);
    assertThat(redis.requests).containsExactlyInAnyOrder("+a", "+b");
    subscriptions.confirmed(redis, "a");
    assertThat(whole).isNotDone();
    subscriptions.confirmed(redis, "b");
    assertThat(whole).isCompleted();
  }

  @Test
  void letsGoOfWhoWaitsWhenTheSessionIsLost() {
    var whole = subscriptions.attach(redis);
    assertThat(whole).isCompleted();
    CompletableFuture<?> waiting = subscriptions.acquire("a");
    subscriptions.detach(redis);
    assertThat(waiting).isCompleted();
    FakeWire next = new FakeWire();
    CompletableFuture<?> wholeAgain = subscriptions.attach(next);
    subscriptions.confirmed(redis, "a");
    assertThat(wholeAgain).as("confirmed is the request of a session that is over").isNotDone();
    assertThat(next.requests).containsExactly("+a");
  }

  @Test
  void complainsAboutAReleaseTooMany() {
    assertThatThrownBy(() -> subscriptions.release("g"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("g was released more often than acquired");
  }

  /** One step of a random life: somebody comes or goes, or the session is lost and comes back. */
  @Property(tries = 300)
  void agreesWithRedisAfterAnyChanges(
      @ForAll @Size(max = 60) List<@IntRange(max = 8) Integer> steps) {
    Subscriptions subject = new Subscriptions();
    Map<String, Integer> holders = new HashMap<>();
    FakeWire session = new FakeWire();
    var unused = subject.attach(session);
    for (int step : steps) {
      String channel = "c" + step % 3;
      if (step == 8) {
        subject.detach(session);
        session = new FakeWire();
        unused = subject.attach(session);
      } else if (step % 2 == 0 || !holders.containsKey(channel)) {
        unused = subject.acquire(channel);
        holders.merge(channel, 1, Integer::sum);
      } else {
        subject.release(channel);
        holders.computeIfPresent(channel, (key, count) -> count == 1 ? null : count - 1);
      }
    }
    assertThat(subscribed(session)).isEqualTo(holders.keySet());
    assertThat(subject.size()).isEqualTo(holders.size());
  }

  /** What a Redis listens to that does what it is asked, in order. */
  private static Set<String> subscribed(FakeWire session) {
    Set<String> channels = new HashSet<>();
    for (String request : session.requests) {
      if (request.startsWith("+")) {
        channels.add(request.substring(1));
      } else {
        channels.remove(request.substring(1));
      }
    }
    return channels;
  }
}
