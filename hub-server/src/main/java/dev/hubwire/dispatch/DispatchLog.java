package dev.hubwire.dispatch;

import dev.hubwire.hub.HubException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the dispatcher says. */
final class DispatchLog {
  private static final Logger LOG = LoggerFactory.getLogger("dev.hubwire.dispatch");

  private DispatchLog() {}

  /**
   * HU-201. What the application meant for the client is the application's business, so not an
   * error here.
   */
  static void invocationFailed(String connectionId, String target, Throwable failure) {
    if (failure instanceof HubException) {
      LOG.debug("HU-201 {}: {} failed with {}", connectionId, target, failure.toString());
    } else {
      LOG.error("HU-201 {}: {} failed", connectionId, target, failure);
    }
  }

  /** HU-202. */
  static void bindingFailed(String connectionId, String target, Throwable failure) {
    LOG.debug(
        "HU-202 {}: a call of {} does not fit: {}", connectionId, target, failure.getMessage());
  }

  /** HU-203. */
  static void unauthorized(String connectionId, String target) {
    LOG.debug("HU-203 {}: may not call {}", connectionId, target);
  }

  /** HU-204. */
  static void handshakeDone(String connectionId, String protocol, int version) {
    LOG.debug("HU-204 {}: speaks {} version {}", connectionId, protocol, version);
  }

  /** HU-205. */
  static void handshakeFailed(String connectionId, String answer) {
    LOG.debug("HU-205 {}: handshake refused: {}", connectionId, answer);
  }

  /** HU-206. */
  static void closing(String connectionId, Throwable failure) {
    LOG.debug("HU-206 {}: closing with an error: {}", connectionId, failure.toString());
  }

  /** HU-207. */
  static void lifetimeFailed(String connectionId, String callback, Throwable failure) {
    LOG.error("HU-207 {}: {} failed", connectionId, callback, failure);
  }

  /** HU-215. */
  static void userIdFailed(String connectionId, Throwable failure) {
    LOG.error(
        "HU-215 {}: the id of a refreshed user could not be found out", connectionId, failure);
  }

  /** HU-208. */
  static void ignored(String connectionId, String what, @Nullable String id) {
    LOG.debug("HU-208 {}: {} for {} that nobody waits for, ignored", connectionId, what, id);
  }

  /** HU-209. */
  static void streamFailed(String connectionId, String target, Throwable failure) {
    if (failure instanceof HubException) {
      LOG.debug(
          "HU-209 {}: the stream of {} failed with {}", connectionId, target, failure.toString());
    } else {
      LOG.error("HU-209 {}: the stream of {} failed", connectionId, target, failure);
    }
  }

  /** HU-210. The stream's client has what it asked for, so it is not told. */
  static void streamNotClosed(String connectionId, String target, Throwable failure) {
    LOG.error("HU-210 {}: the stream of {} failed to close", connectionId, target, failure);
  }

  /** HU-211. */
  static void cancelActionFailed(Throwable failure) {
    LOG.error("HU-211 an action on cancellation failed", failure);
  }

  /** HU-231. What the call was for is done, so nobody is told. */
  static void notClosed(String connectionId, Class<?> type, Throwable failure) {
    LOG.error("HU-231 {}: {} failed to close after a call", connectionId, type.getName(), failure);
  }

  /** HU-232. */
  static void limited(String connectionId, String target, @Nullable String limit) {
    LOG.debug("HU-232 {}: {} refused: {}", connectionId, target, limit);
  }

  /** HU-233. The client has its answer. */
  static void failedLate(String connectionId, String target, Throwable failure) {
    LOG.debug("HU-233 {}: {}, too late already, failed", connectionId, target, failure);
  }

  /** HU-234. */
  static void observerFailed(String connectionId, String what, Throwable failure) {
    LOG.error("HU-234 {}: the observer failed at {}", connectionId, what, failure);
  }

  /** HU-235. Nothing is left to forget the connection in. */
  static void outlivedServer(String connectionId) {
    LOG.debug("HU-235 {}: onDisconnected took longer than the server was there", connectionId);
  }
}
