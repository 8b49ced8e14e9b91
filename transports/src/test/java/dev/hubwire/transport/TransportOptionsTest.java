package dev.hubwire.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hubwire.negotiation.Redirect;
import dev.hubwire.negotiation.Transport;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class TransportOptionsTest {
  @Test
  void defaultsAreThoseOfTheReference() {
    TransportOptions options = TransportOptions.defaults();

    assertThat(options.transports()).containsExactly(Transport.values());
    assertThat(options.maxQueuedBytes()).isEqualTo(65_536);
    assertThat(options.maxReceivedBytes()).isEqualTo(65_536);
    assertThat(options.maxFrameBytes()).isEqualTo(16_777_216);
    assertThat(options.slowConsumerPolicy()).isEqualTo(SlowConsumerPolicy.WAIT);
    assertThat(options.sendTimeout()).isEqualTo(Duration.ofSeconds(10));
    assertThat(options.closeTimeout()).isEqualTo(Duration.ofSeconds(5));
    assertThat(options.pollTimeout()).isEqualTo(Duration.ofSeconds(90));
    assertThat(options.minimumNegotiateVersion()).isZero();
    assertThat(options.allowStatefulReconnects()).isFalse();
    assertThat(options.subprotocolSelector().select(List.of("a"))).isNull();
    assertThat(options.authenticator()).isSameAs(Authenticator.NONE);
    assertThat(options.policy().permits(null)).isTrue();
    assertThat(options.negotiateInterceptor()).isSameAs(NegotiateInterceptor.NONE);
  }

  @Test
  void aCopyKeepsEveryOption() {
    NegotiateInterceptor interceptor = request -> new Redirect("https://two/", null);
    SubprotocolSelector selector = offered -> "chosen";
    Authenticator authenticator = request -> Authenticator.Result.refused("never");
    TransportOptions options =
        TransportOptions.builder()
            .transports(List.of(Transport.LONG_POLLING, Transport.WEB_SOCKETS))
            .maxQueuedBytes(1)
            .maxReceivedBytes(2)
            .maxFrameBytes(125)
            .slowConsumerPolicy(SlowConsumerPolicy.DROP)
            .sendTimeout(Duration.ofNanos(1))
            .closeTimeout(Duration.ofNanos(2))
            .pollTimeout(Duration.ofNanos(Long.MAX_VALUE))
            .minimumNegotiateVersion(1)
            .allowStatefulReconnects(true)
            .subprotocolSelector(selector)
            .authenticator(authenticator)
            .policy(EndpointPolicy.AUTHENTICATED)
            .negotiateInterceptor(interceptor)
            .build();

    assertThat(options.toBuilder().build()).usingRecursiveComparison().isEqualTo(options);
    assertThat(options.transports()).containsExactly(Transport.WEB_SOCKETS, Transport.LONG_POLLING);
    assertThat(options.slowConsumerPolicy()).isEqualTo(SlowConsumerPolicy.DROP);
    assertThat(options.negotiateInterceptor()).isSameAs(interceptor);
  }

  static Stream<Arguments> mistakes() {
    return Stream.of(
        mistake(b -> b.maxQueuedBytes(0), "maxQueuedBytes: 0 (expected: >= 1)"),
        mistake(b -> b.maxReceivedBytes(-1), "maxReceivedBytes: -1 (expected: >= 1)"),
        mistake(b -> b.maxFrameBytes(124), "maxFrameBytes: 124 (expected: >= 125)"),
        mistake(
            b -> b.sendTimeout(Duration.ZERO),
            "sendTimeout: PT0S (expected: > 0 and at most PT2562047H47M16.854775807S)"),
        mistake(
            b -> b.closeTimeout(Duration.ofSeconds(-1)),
            "closeTimeout: PT-1S (expected: > 0 and at most PT2562047H47M16.854775807S)"),
        mistake(
            b -> b.pollTimeout(Duration.ofDays(200_000)),
            "pollTimeout: PT4800000H (expected: > 0 and at most PT2562047H47M16.854775807S)"),
        mistake(b -> b.minimumNegotiateVersion(2), "minimumNegotiateVersion: 2 (expected: 0 to 1)"),
        mistake(
            b -> b.minimumNegotiateVersion(-1), "minimumNegotiateVersion: -1 (expected: 0 to 1)"));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void aMistakeIsNamedWithItsValueAndWhatWasExpected(Mistake mistake, String message) {
    assertThatThrownBy(() -> mistake.make(TransportOptions.builder())).hasMessage(message);
  }

  @Test
  void noTransportAtAllIsLegal() {
    assertThat(TransportOptions.builder().transports(Set.of()).build().transports()).isEmpty();
  }

  @Test
  void rolesAreAskedOfTheUser() {
    EndpointPolicy policy = EndpointPolicy.anyRole(Set.of("admin", "operator"));

    assertThat(policy.permits(null)).isFalse();
    assertThat(policy.permits(user(Set.of()))).isFalse();
    assertThat(policy.permits(user(Set.of("Admin")))).isFalse();
    assertThat(policy.permits(user(Set.of("guest", "operator")))).isTrue();
    assertThatThrownBy(() -> EndpointPolicy.anyRole(Set.of()))
        .hasMessage("roles: none (expected: at least one)");
  }

  private static User user(Set<String> roles) {
    return new User("ann", roles, Map.of(), null);
  }

  private static Arguments mistake(Mistake mistake, String message) {
    return Arguments.of(mistake, message);
  }

  @FunctionalInterface
  interface Mistake {
    TransportOptions.Builder make(TransportOptions.Builder builder);
  }
}
