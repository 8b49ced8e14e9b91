package dev.hubwire.backplane.redis;

import dev.hubwire.backplane.RawCompletion;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sends what clients here answered to the servers that asked. An answer that nobody was there to
 * take is sent again for a while: the server that asked may just be coming back to Redis. It takes
 * the first and ignores others. Thread-safe; never waits.
 */
final class Answers {
  private static final Duration INTERVAL = Duration.ofSeconds(1);
  private static final int ATTEMPTS = 30;

  private final HubState state;
  private final Outbound outbound;
  private final ScheduledExecutorService upkeep;

  Answers(HubState state, Outbound outbound, ScheduledExecutorService upkeep) {
    this.state = state;
    this.outbound = outbound;
    this.upkeep = upkeep;
  }

  /** Sends an answer when it comes. */
  void forward(CompletionStage<RawCompletion> answer, String returnChannel) {
    String channel = state.channels().named(returnChannel);
    var unused =
        answer.thenAccept(
            completion -> {
              byte[] record = new byte[completion.record().remaining()];
              completion.record().duplicate().get(record);
              RedisMessage message =
                  new RedisMessage.Completion(completion.protocol().name(), record);
              send(channel, RedisCodec.write(message), ATTEMPTS);
            });
  }

  private void send(String channel, byte[] payload, int attempts) {
    var unused =
        outbound
            .send(channel, payload)
            .whenComplete(
                (@Nullable Reach reach, @Nullable Throwable failure) -> {
                  if (reach == null || reach == Reach.NOBODY) {
                    sendAgain(channel, payload, attempts - 1, failure);
                  }
                });
  }

  private void sendAgain(
      String channel, byte[] payload, int attempts, @Nullable Throwable failure) {
    if (attempts == 0) {
      RedisLog.answerLost(state.hubName(), channel, failure);
      return;
    }
    try {
      var unused =
          upkeep.schedule(
              () -> send(channel, payload, attempts), INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      RedisLog.answerLost(state.hubName(), channel, e);
    }
  }
}
