package dev.hubwire.transport.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hubwire.transport.FakeTicker;
import dev.hubwire.transport.Limit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RefusalsTest {
  private final FakeTicker ticker = new FakeTicker();
  private final List<String> lines = new ArrayList<>();
  private final Refusals refusals =
      new Refusals(
          ticker, (limit, where, who, ever) -> lines.add(limit + " " + where + " " + who + ever));

  @Test
  void everyRefusalIsCountedForItsLimit() {
    refusals.count(Limit.URL_BYTES, "/chat", "a");
    refusals.count(Limit.URL_BYTES, "/chat", "b");
    refusals.count(Limit.BODY_BYTES, "/chat", "a");

    assertThat(refusals.snapshot())
        .containsOnlyKeys(Limit.values())
        .containsEntry(Limit.URL_BYTES, 2L)
        .containsEntry(Limit.BODY_BYTES, 1L)
        .containsEntry(Limit.CONNECTIONS, 0L);
  }

  @Test
  void theLogHasALineAMinuteForEachLimit() {
    refusals.count(Limit.URL_BYTES, "/chat", "a");
    ticker.advance(Duration.ofSeconds(59));
    refusals.count(Limit.URL_BYTES, "/chat", "b");
    refusals.count(Limit.CONNECTIONS, "/chat", "b");
    ticker.advance(Duration.ofSeconds(1));
    refusals.count(Limit.URL_BYTES, "/chat", "c");

    assertThat(lines)
        .containsExactly("URL_BYTES /chat a1", "CONNECTIONS /chat b1", "URL_BYTES /chat c3");
  }
}
