package dev.hubwire.auth;

import java.net.URI;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What this package logs. Ids are never reused. */
final class AuthLog {
  private static final Logger LOG = LoggerFactory.getLogger("dev.hubwire.auth");

  private AuthLog() {}

  static void keysFetched(URI url, int count) {
    LOG.debug("AU-101 {}: fetched {} keys", url, count);
  }

  static void fetchFailed(URI url, Exception cause) {
    LOG.warn("AU-102 {}: keys could not be fetched, those known stay in use: {}", url, text(cause));
  }

  static void fetchNotStarted(URI url, Exception cause) {
    LOG.warn("AU-103 {}: the executor for fetching keys takes no task: {}", url, text(cause));
  }

  /** A stack would tell nothing that kind and message do not: the other end is to blame. */
  private static String text(Exception cause) {
    return cause.toString();
  }
}
