package dev.hubwire.backplane.redis;

import dev.hubwire.backplane.Backplane;
import dev.hubwire.backplane.LocalHub;
import dev.hubwire.backplane.ScaleOutBackplaneContractTest;
import org.junit.jupiter.api.AfterAll;

/** Holds servers on a real Redis to what every backplane has to do. */
class RedisBackplaneContractTest extends ScaleOutBackplaneContractTest {
  private static final RedisServer REDIS = RedisServer.start();

  private final Farm farm = new Farm(REDIS);

  @AfterAll
  static void stopRedis() {
    REDIS.close();
  }

  @Override
  protected Backplane join(LocalHub hub) {
    return farm.join(hub);
  }

  @Override
  protected void awaitArrival() {
    farm.awaitArrival();
  }
}
