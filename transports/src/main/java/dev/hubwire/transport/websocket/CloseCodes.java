package dev.hubwire.transport.websocket;

/** The status codes of Close frames that this package deals in (RFC 6455 §7.4). */
final class CloseCodes {
  static final int NORMAL = 1000;
  static final int GOING_AWAY = 1001;
  static final int PROTOCOL_ERROR = 1002;

  /** Stands for a Close frame without a code; never on the wire. */
  static final int NO_STATUS = 1005;

  /** Stands for a connection that ended without a Close frame; never on the wire. */
  static final int ABNORMAL = 1006;

  static final int INVALID_PAYLOAD = 1007;
  static final int MESSAGE_TOO_BIG = 1009;
  static final int INTERNAL_ERROR = 1011;

  private static final int UNASSIGNED = 1004;
  private static final int LAST_REGISTERED = 1014;
  private static final int FIRST_OF_LIBRARIES = 3000;
  private static final int LAST_OF_APPLICATIONS = 4999;

  private CloseCodes() {}

  /**
   * Whether a Close frame may carry the code: the registered ones except those that only stand for
   * something, and the ranges of libraries (3000 to 3999) and applications (4000 to 4999).
   */
  static boolean mayBeSent(int code) {
    if (code >= FIRST_OF_LIBRARIES) {
      return code <= LAST_OF_APPLICATIONS;
    }
    return code >= NORMAL
        && code <= LAST_REGISTERED
        && code != UNASSIGNED
        && code != NO_STATUS
        && code != ABNORMAL;
  }
}
