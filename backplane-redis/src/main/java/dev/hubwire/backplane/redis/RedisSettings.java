package dev.hubwire.backplane.redis;

import io.lettuce.core.RedisURI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * What {@link RedisBackplane.Builder} collected. Immutable.
 *
 * @param addresses tried in turn
 * @param hubNames names on the backplane that differ from the classes' own
 * @param serverNames makes a new one each time
 * @param timeout for connecting, and for each command
 * @param ackTimeout for another server to change a group
 * @param nanoClock nanoseconds since an arbitrary origin
 * @param ids makes a new random one each time
 */
record RedisSettings(
    List<RedisURI> addresses,
    String channelPrefix,
    Map<Class<?>, String> hubNames,
    Supplier<String> serverNames,
    Duration timeout,
    Duration ackTimeout,
    WhenAway whenAway,
    LongSupplier nanoClock,
    Supplier<UUID> ids) {
  RedisSettings {
    addresses = List.copyOf(addresses);
    hubNames = Map.copyOf(hubNames);
  }

  /** The name that .NET would give the class, unless another was chosen. */
  String hubName(Class<?> hubClass) {
    String chosen = hubNames.get(hubClass);
    return chosen == null ? hubClass.getName().replace('$', '+') : chosen;
  }

  String newServerName() {
    return serverNames.get();
  }
}
