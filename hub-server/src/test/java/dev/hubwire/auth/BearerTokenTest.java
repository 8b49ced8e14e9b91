package dev.hubwire.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BearerTokenTest {
  @ParameterizedTest
  @ValueSource(strings = {"Bearer abc", "bearer abc", "BEARER   abc "})
  void readsTheHeaderWhateverTheCaseOfItsScheme(String header) {
    assertThat(token(List.of("authorization", header), List.of())).isEqualTo("abc");
  }

  @Test
  void readsTheQueryWhereThereIsNoHeader() {
    assertThat(token(List.of(), List.of("id", "1", "access_token", "abc"))).isEqualTo("abc");
  }

  @Test
  void prefersTheHeader() {
    assertThat(token(List.of("Authorization", "Bearer abc"), List.of("access_token", "def")))
        .isEqualTo("abc");
  }

  @Test
  void leavesTheQueryAloneWhereTheHeaderIsForAnotherScheme() {
    assertThat(token(List.of("Authorization", "Basic YTpi"), List.of("access_token", "def")))
        .isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Bearer", "Bearer ", "Bearerabc"})
  void findsNothingInAHeaderWithoutAToken(String header) {
    assertThat(token(List.of("Authorization", header), List.of())).isNull();
  }

  @Test
  void findsNothingInAnEmptyParameter() {
    assertThat(token(List.of(), List.of("access_token", ""))).isNull();
  }

  private static @Nullable String token(List<String> headers, List<String> query) {
    return BearerToken.of(Tokens.request(headers, query));
  }
}
