package dev.hubwire.backplane.redis;

import dev.hubwire.negotiation.token.NodeName;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What this package logs, with the name of the hub first. Ids are never reused. No password. */
final class RedisLog {
  private static final Logger LOG = LoggerFactory.getLogger("dev.hubwire.backplane.redis");

  private RedisLog() {}

  static void connected(String hub, String address, String serverName) {
    LOG.info("RB-101 {}: joined by Redis at {} as {}", hub, address, serverName);
  }

  static void cannotConnect(String hub, String address, Throwable cause) {
    LOG.error(
        "RB-102 {}: Redis at {} cannot be used; only connections of this server get messages until"
            + " it can: {}",
        hub,
        address,
        reason(cause));
  }

  static void stillCannotConnect(String hub, String address, Throwable cause) {
    LOG.debug("RB-103 {}: still no Redis at {}: {}", hub, address, reason(cause));
  }

  static void lost(String hub, Throwable cause) {
    LOG.error(
        "RB-104 {}: Redis is away; only connections of this server get messages until it is back:"
            + " {}",
        hub,
        reason(cause));
  }

  static void malformed(String hub, String channel, Exception cause) {
    LOG.warn("RB-105 {}: a message on {} is dropped: {}", hub, channel, cause.getMessage());
  }

  static void receivingFailed(String hub, String channel, RuntimeException cause) {
    LOG.warn("RB-106 {}: a message on {} could not be handled", hub, channel, cause);
  }

  static void deliveredHereOnly(String hub, String what, @Nullable Throwable cause) {
    LOG.debug("RB-107 {}: a message for {} reached this server only", hub, what, cause);
  }

  static void unwaitedFailure(String hub, String what, Throwable cause) {
    LOG.warn("RB-108 {}: {} failed, and its caller did not wait: {}", hub, what, reason(cause));
  }

  static void acknowledgementFailed(String hub, String serverName, Throwable cause) {
    LOG.warn(
        "RB-109 {}: {} was not told that its group command was carried out: {}",
        hub,
        serverName,
        reason(cause));
  }

  static void listenerFailed(String hub, RuntimeException cause) {
    LOG.error("RB-110 {}: the health listener failed", hub, cause);
  }

  static void answerLost(String hub, String channel, @Nullable Throwable cause) {
    LOG.error("RB-111 {}: a client's answer for {} found nobody to take it", hub, channel, cause);
  }

  static void directoryAway(NodeName here, Throwable cause) {
    LOG.warn(
        "RB-201 node {}: Redis cannot be asked for other nodes; those that are known stay so: {}",
        here,
        reason(cause));
  }

  static void nameTaken(NodeName here, String address) {
    LOG.error(
        "RB-202 node {}: another process announces this name, at {}; names have to differ",
        here,
        address);
  }

  static void noAddress(String name, @Nullable String reason) {
    LOG.warn("RB-203: what is announced for node {} is no address: {}", name, reason);
  }

  /** The innermost reason says what happened; those around it say that something did. */
  private static String reason(Throwable failure) {
    Throwable innermost = failure;
    while (innermost.getCause() != null) {
      innermost = innermost.getCause();
    }
    return innermost.toString();
  }
}
