package dev.hubwire.cluster;

import dev.hubwire.negotiation.token.NodeName;
import java.net.InetSocketAddress;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every log line of this package. Ids are stable and never used again. */
final class ClusterLog {
  private static final Logger LOG = LoggerFactory.getLogger("dev.hubwire.cluster");

  private ClusterLog() {}

  static void forwarding(NodeName issuer, URI address) {
    LOG.debug("CL-101: a request for a connection of node {} goes to {}", issuer, address);
  }

  static void unknownNode(NodeName issuer) {
    LOG.warn("CL-102: a request for a connection of node {}, which the directory has not", issuer);
  }

  static void unreachable(NodeName issuer, URI address) {
    LOG.warn(
        "CL-103: node {} cannot be reached at {}, or has too many connections", issuer, address);
  }

  static void forwardedTwice(NodeName issuer) {
    LOG.warn(
        "CL-104: a request for a connection of node {} was forwarded here; the directory of the"
            + " node that did it is wrong",
        issuer);
  }

  static void stampRefused(@Nullable InetSocketAddress from) {
    LOG.warn(
        "CL-105: {} says it forwarded a request, and cannot prove it; do all nodes have the same"
            + " secret, and the same time?",
        from);
  }
}
