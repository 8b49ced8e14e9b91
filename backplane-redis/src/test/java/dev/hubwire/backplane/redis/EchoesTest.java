package dev.hubwire.backplane.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hubwire.backplane.Address;
import dev.hubwire.backplane.EncodedInvocation;
import dev.hubwire.backplane.redis.Echoes.Echo;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class EchoesTest {
  private final AtomicLong nanos = new AtomicLong();
  private final Echoes echoes = new Echoes(nanos::get);

  @Test
  void leavesAMessageThatComesBackToWhoDeliversMessages() {
    expect("all", "a");
    assertThat(arrived("all", "a")).isFalse();
    assertThat(echoes.isEmpty()).isTrue();
  }

  @Test
  void doesNotTakeOtherMessagesForItsOwn() {
    Echo echo = expect("all", "a");
    assertThat(arrived("all", "b")).isFalse();
    assertThat(arrived("group", "a")).isFalse();
    assertThat(echoes.lost(echo)).isTrue();
  }

  @Test
  void deliversALostMessageOnceThoughItComesBack() {
    Echo echo = expect("all", "a");
    assertThat(echoes.lost(echo)).isTrue();
    assertThat(echoes.lost(echo)).isFalse();
    assertThat(echoes.lostAll()).isEmpty();
    assertThat(arrived("all", "a")).isTrue();
    assertThat(arrived("all", "a")).isFalse();
    assertThat(echoes.isEmpty()).isTrue();
  }

  @Test
  void doesNotDeliverWhatCameBackBeforeItsFailure() {
    Echo echo = expect("all", "a");
    assertThat(arrived("all", "a")).isFalse();
    assertThat(echoes.lost(echo)).isFalse();
    assertThat(echoes.refused(echo)).isFalse();
  }

  @Test
  void forgetsARefusedMessageAtOnce() {
    Echo echo = expect("all", "a");
    assertThat(echoes.refused(echo)).isTrue();
    assertThat(arrived("all", "a")).isFalse();
    assertThat(echoes.isEmpty()).isTrue();
  }

  @Test
  void deliversWhatASessionOwesInTheOrderItWasSent() {
    Echo first = expect("group", "a");
    nanos.incrementAndGet();
    expect("all", "b");
    nanos.incrementAndGet();
    expect("group", "c");
    echoes.accepted(first);
    assertThat(echoes.lostAll())
        .extracting(parcel -> new String(parcel.payload(), UTF_8))
        .containsExactly("a", "b", "c");
    // Redis has taken the first, and nobody gets it again; the others it may still take.
    assertThat(arrived("group", "a")).isFalse();
    assertThat(arrived("all", "b")).isTrue();
    assertThat(arrived("group", "c")).isTrue();
    assertThat(echoes.isEmpty()).isTrue();
  }

  @Test
  void forgetsWhatIsTooOld() {
    expect("all", "a");
    nanos.addAndGet(Echoes.PATIENCE.toNanos());
    expect("all", "b");
    nanos.incrementAndGet();
    echoes.expire();
    assertThat(echoes.lostAll())
        .extracting(parcel -> new String(parcel.payload(), UTF_8))
        .containsExactly("b");
  }

  @Test
  void watchesOverNoMoreThanItsLimit() {
    Parcel large = parcel("all", "x".repeat(Echoes.MAX_BYTES));
    assertThat(echoes.expect(large)).isNotNull();
    assertThat(echoes.expect(parcel("all", "y"))).isNull();
    assertThat(echoes.arrived("all", large.payload())).isFalse();
    assertThat(echoes.expect(parcel("all", "y"))).isNotNull();
  }

  private Echo expect(String channel, String payload) {
    return Objects.requireNonNull(echoes.expect(parcel(channel, payload)));
  }

  private boolean arrived(String channel, String payload) {
    return echoes.arrived(channel, payload.getBytes(UTF_8));
  }

  private static Parcel parcel(String channel, String payload) {
    return new Parcel(
        channel,
        payload.getBytes(UTF_8),
        new Address.All(Set.of()),
        new EncodedInvocation(Map.of()));
  }
}
