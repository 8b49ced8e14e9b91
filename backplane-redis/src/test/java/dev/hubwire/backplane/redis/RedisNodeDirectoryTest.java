package dev.hubwire.backplane.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.hubwire.negotiation.token.NodeName;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** When a directory announces, looks and forgets, by a clock and a thread that the test moves. */
class RedisNodeDirectoryTest {
  private static final NodeName N1 = new NodeName("n1");
  private static final NodeName N2 = new NodeName("n2");
  private static final URI HERE = URI.create("http://10.0.0.1:80");
  private static final URI THERE = URI.create("https://10.0.0.2:443");

  private final FakeStore store = new FakeStore();
  private final BlockingQueue<Runnable> upkeep = new LinkedBlockingQueue<>();
  private long now;
  private final RedisNodeDirectory directory =
      new RedisNodeDirectory(N1, HERE, store, upkeep::add, () -> now);

  /** Answers at once, or does not while it is away. */
  private static final class FakeStore implements NodeStore {
    private final Map<NodeName, URI> nodes = new HashMap<>();
    private final List<String> done = new ArrayList<>();
    private boolean away;
    private @Nullable CompletableFuture<Map<NodeName, URI>> held;

    @Override
    public CompletionStage<Optional<String>> announce(NodeName node, URI address, Duration life) {
      if (away) {
        return CompletableFuture.failedStage(new IOException("away"));
      }
      done.add("announce for " + life.toSeconds());
      return CompletableFuture.completedStage(
          Optional.ofNullable(nodes.put(node, address)).map(URI::toString));
    }

    @Override
    public CompletionStage<Map<NodeName, URI>> read() {
      if (away) {
        return CompletableFuture.failedStage(new IOException("away"));
      }
      done.add("read");
      return held == null ? CompletableFuture.completedStage(Map.copyOf(nodes)) : held;
    }

    @Override
    public CompletionStage<@Nullable Void> withdraw(NodeName node, URI address) {
      done.add("withdraw");
      nodes.remove(node, address);
      return CompletableFuture.completedStage(null);
    }

    @Override
    public void close() {
      done.add("close");
    }
  }

  @Test
  void announcesItselfAndFindsTheOthers() {
    store.nodes.put(N2, THERE);
    look();
    assertThat(store.done).containsExactly("announce for 15", "read");
    assertThat(store.nodes).containsEntry(N1, HERE);
    assertThat(directory.find(N2)).isEqualTo(THERE);
  }

  @Test
  void announcesItselfAgainAfterFiveSeconds() {
    look();
    pass(Duration.ofMillis(4_999));
    look();
    assertThat(store.done).containsExactly("announce for 15", "read", "read");
    pass(Duration.ofMillis(1));
    look();
    assertThat(store.done).endsWith("announce for 15", "read");
  }

  @Test
  void answersFromMemoryAndLooksInTheBackgroundForWhatItDoesNotKnow() {
    look();
    store.nodes.put(N2, THERE);
    pass(RedisNodeDirectory.SHORTEST_LOOK_INTERVAL);
    assertThat(directory.find(N2)).isNull();
    assertThat(upkeep).hasSize(1);
    work();
    assertThat(directory.find(N2)).isEqualTo(THERE);
    assertThat(upkeep).isEmpty();
  }

  @Test
  void doesNotLookForEveryNameThatIsMadeUp() {
    look();
    store.done.clear();
    for (int i = 0; i < 100; i++) {
      assertThat(directory.find(new NodeName("made-up-" + i))).isNull();
      work();
    }
    assertThat(store.done).isEmpty();
    pass(RedisNodeDirectory.SHORTEST_LOOK_INTERVAL);
    for (int i = 0; i < 100; i++) {
      assertThat(directory.find(new NodeName("made-up-" + i))).isNull();
    }
    store.held = new CompletableFuture<>();
    work();
    assertThat(store.done).containsExactly("read");
  }

  @Test
  void goesOnWithWhatItKnewWhileTheStoreIsAwayAndAnnouncesItselfWhenThatIsBack() {
    store.nodes.put(N2, THERE);
    look();
    store.away = true;
    for (int i = 0; i < 60; i++) {
      pass(RedisNodeDirectory.LOOK_INTERVAL);
      look();
    }
    assertThat(directory.find(N2)).isEqualTo(THERE);
    store.away = false;
    store.nodes.clear();
    store.done.clear();
    look();
    assertThat(store.done).containsExactly("announce for 15", "read");
    assertThat(directory.find(N2)).isEqualTo(THERE);
    pass(RedisNodeDirectory.TIME_TO_LIVE);
    look();
    assertThat(directory.find(N2)).isNull();
  }

  @Test
  void takesItsAnnouncementBackAfterTheLookThatIsUnderWay() throws InterruptedException {
    CompletableFuture<Map<NodeName, URI>> held = new CompletableFuture<>();
    store.held = held;
    look();
    CompletableFuture<?> closing = CompletableFuture.runAsync(directory::close);
    upkeep.take().run();
    assertThat(store.done).doesNotContain("withdraw");
    held.complete(Map.of());
    work();
    closing.join();
    assertThat(store.done).endsWith("withdraw", "close");
    assertThat(store.nodes).isEmpty();
    look();
    assertThat(store.done).endsWith("close");
  }

  @Test
  void refusesWhatCannotBeAnAddress() {
    RedisBackplane backplane = RedisBackplane.at("redis://127.0.0.1:1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> backplane.nodeDirectory("n1", URI.create("http://10.0.0.1:80/path")))
        .withMessage(
            "address: http://10.0.0.1:80/path (expected: http or https, host and port, without a"
                + " path)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> backplane.nodeDirectory("n 1", HERE))
        .withMessageStartingWith("node name: 'n 1'");
  }

  private void pass(Duration time) {
    now += time.toNanos();
  }

  private void look() {
    var unused = directory.refresh();
    work();
  }

  private void work() {
    for (Runnable task = upkeep.poll(); task != null; task = upkeep.poll()) {
      task.run();
    }
  }
}
