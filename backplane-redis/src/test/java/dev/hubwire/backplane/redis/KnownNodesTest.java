package dev.hubwire.backplane.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hubwire.negotiation.token.NodeName;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KnownNodesTest {
  private static final NodeName N1 = new NodeName("n1");
  private static final NodeName N2 = new NodeName("n2");
  private static final URI A = URI.create("http://10.0.0.1:80");
  private static final URI B = URI.create("http://10.0.0.2:80");

  private final KnownNodes known = new KnownNodes(Duration.ofSeconds(15));

  @Test
  void whatWasSeenLastIsTrue() {
    known.seen(Map.of(N1, A), seconds(0));
    known.seen(Map.of(N1, B, N2, A), seconds(1));
    assertThat(known.find(N1)).isEqualTo(B);
    assertThat(known.find(N2)).isEqualTo(A);
  }

  @Test
  void aNodeIsForgottenWhenItHasBeenMissedLongEnough() {
    known.seen(Map.of(N1, A, N2, B), seconds(0));
    known.seen(Map.of(N1, A), seconds(100));
    known.seen(Map.of(N1, A), seconds(114));
    assertThat(known.find(N2)).isEqualTo(B);
    known.seen(Map.of(N1, A), seconds(115));
    assertThat(known.find(N2)).isNull();
    assertThat(known.find(N1)).isEqualTo(A);
  }

  @Test
  void aNodeThatComesBackInTimeIsMissedAnewTheNextTime() {
    known.seen(Map.of(N1, A), seconds(0));
    known.seen(Map.of(), seconds(10));
    known.seen(Map.of(N1, A), seconds(20));
    known.seen(Map.of(), seconds(30));
    known.seen(Map.of(), seconds(44));
    assertThat(known.find(N1)).isEqualTo(A);
  }

  @Test
  void nobodyIsMissedWhileNobodyCanTell() {
    known.seen(Map.of(N1, A), seconds(0));
    known.seen(Map.of(), seconds(10));
    known.unseen();
    known.seen(Map.of(), seconds(1_000));
    assertThat(known.find(N1)).isEqualTo(A);
    known.seen(Map.of(), seconds(1_015));
    assertThat(known.find(N1)).isNull();
  }

  private static long seconds(long count) {
    return Duration.ofSeconds(count).toNanos();
  }
}
