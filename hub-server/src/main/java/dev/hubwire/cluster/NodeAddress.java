package dev.hubwire.cluster;

import java.net.URI;

/** What an address of a node may be; for directories, which must not answer anything else. */
public final class NodeAddress {
  private NodeAddress() {}

  /**
   * The address, if it is {@code http} or {@code https}, host and port, and no path.
   *
   * @throws IllegalArgumentException if it cannot be the address of a node
   */
  public static URI check(URI address) {
    String scheme = address.getScheme();
    boolean plain = address.getRawPath() == null || address.getRawPath().isEmpty();
    if (!("http".equals(scheme) || "https".equals(scheme)) || address.getHost() == null || !plain) {
      throw new IllegalArgumentException(
          "address: " + address + " (expected: http or https, host and port, without a path)");
    }
    return address;
  }
}
