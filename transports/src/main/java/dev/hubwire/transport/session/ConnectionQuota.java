package dev.hubwire.transport.session;

/**
 * How many connections with a transport there may be. A connection counts from its first transport
 * request to its end, for the user and the address of that request.
 *
 * @param total in all
 * @param perUser of one authenticated user; connections without a user are not counted here
 * @param perAddress from one address. Behind a proxy that is the proxy's, unless something in front
 *     of the endpoint sets the client's
 */
public record ConnectionQuota(int total, int perUser, int perAddress) {
  public static final int UNLIMITED = Integer.MAX_VALUE;

  public ConnectionQuota {
    check(total, "maxConnections");
    check(perUser, "maxConnectionsPerUser");
    check(perAddress, "maxConnectionsPerAddress");
  }

  public static ConnectionQuota unlimited() {
    return new ConnectionQuota(UNLIMITED, UNLIMITED, UNLIMITED);
  }

  private static void check(int value, String name) {
    if (value < 1) {
      throw new IllegalArgumentException(name + ": " + value + " (expected: >= 1)");
    }
  }
}
