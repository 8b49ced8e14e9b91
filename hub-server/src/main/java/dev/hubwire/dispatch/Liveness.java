package dev.hubwire.dispatch;

/**
 * When one connection is to be pinged, and when it is given up ({@code
 * docs/protocol/hub-semantics.md} §20). Lane thread only. The clock is the lane's; its grain is the
 * periodic scan.
 */
final class Liveness {
  private final HubSettings settings;
  private final long startedNanos;

  private long lastKeepAliveNanos;
  private long lastMessageNanos;

  /** Whether a message came since the last look, so that a message costs no look at the clock. */
  private boolean heard;

  /** A client that never pings is never given up. */
  private boolean armed;

  Liveness(HubSettings settings, long nowNanos) {
    this.settings = settings;
    this.startedNanos = nowNanos;
    this.lastKeepAliveNanos = nowNanos;
    this.lastMessageNanos = nowNanos;
  }

  /** A whole message came. */
  void messageCame() {
    heard = true;
  }

  /** A ping came: from now on silence counts. */
  void pingCame() {
    armed = true;
  }

  boolean handshakeIsLate(long nowNanos) {
    return nowNanos - startedNanos >= settings.handshakeTimeout().toNanos();
  }

  /**
   * @param deaf whether it is we who do not read
   */
  boolean clientIsSilent(long nowNanos, boolean deaf) {
    if (heard || deaf) {
      heard = false;
      lastMessageNanos = nowNanos;
      return false;
    }
    return armed && nowNanos - lastMessageNanos >= settings.clientTimeout().toNanos();
  }

  /** Asked once a scan; what else is sent makes no difference. */
  boolean keepAliveIsDue(long nowNanos) {
    if (nowNanos - lastKeepAliveNanos < settings.keepAlive().toNanos()) {
      return false;
    }
    lastKeepAliveNanos = nowNanos;
    return true;
  }
}
