package dev.hubwire.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class AllowedOriginsTest {
  @Test
  void thePagesOfTheServerItselfAreAlwaysAllowed() {
    assertThat(AllowedOrigins.same().allows("http://chat.example:8080", "chat.example:8080"))
        .isTrue();
    assertThat(AllowedOrigins.same().allows("https://Chat.example", "chat.EXAMPLE")).isTrue();
    assertThat(AllowedOrigins.of("https://a.example").allows("http://own", "own")).isTrue();
  }

  @Test
  void otherPagesAreRefusedUnlessTheyAreListed() {
    assertThat(AllowedOrigins.same().allows("https://evil.example", "chat.example")).isFalse();
    assertThat(AllowedOrigins.same().allows("https://chat.example:444", "chat.example")).isFalse();
    assertThat(AllowedOrigins.same().allows("null", "chat.example")).isFalse();
    AllowedOrigins listed = AllowedOrigins.of("https://App.example", "http://localhost:3000");
    assertThat(listed.allows("https://app.EXAMPLE", "chat.example")).isTrue();
    assertThat(listed.allows("http://localhost:3000", "chat.example")).isTrue();
    assertThat(listed.allows("http://app.example", "chat.example")).isFalse();
  }

  @Test
  void theApplicationMayDecide() {
    AllowedOrigins ofOneDomain = AllowedOrigins.matching(origin -> origin.endsWith(".example"));
    assertThat(ofOneDomain.allows("https://A.Example", "chat")).isTrue();
    assertThat(ofOneDomain.allows("https://a.invalid", "chat")).isFalse();
    assertThat(AllowedOrigins.any().allows("https://a.invalid", "chat")).isTrue();
  }

  @Test
  void complainsAboutWhatIsNoOrigin() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AllowedOrigins.of("https://app.example/chat"))
        .withMessage(
            "origin: https://app.example/chat (expected: scheme and host, such as"
                + " https://app.example)");
    assertThatIllegalArgumentException().isThrownBy(() -> AllowedOrigins.of("app.example"));
  }
}
