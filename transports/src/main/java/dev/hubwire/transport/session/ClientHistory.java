package dev.hubwire.transport.session;

import dev.hubwire.negotiation.Transport;
import dev.hubwire.transport.DowngradeCause;
import dev.hubwire.transport.TransportDowngrade;
import java.util.ArrayDeque;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;

/** What one client tried since it last got a transport. Thread-safe. */
final class ClientHistory {
  /** A client tries three transports at most. */
  private static final int MOST_ATTEMPTS = 4;

  /** The latest negotiations, oldest first. Guarded by this, like all that follows. */
  private final ArrayDeque<Session.Progress> attempts = new ArrayDeque<>(MOST_ATTEMPTS);

  private final Set<DowngradeCause> seen = EnumSet.noneOf(DowngradeCause.class);

  /** Bounded by what two transports and a cause can make. */
  private final Set<TransportDowngrade> reported = new HashSet<>(2);

  /** Stays until the client is forgotten. */
  private boolean eventsHeldBack;

  /** Whether event streams are of no use to this client. */
  synchronized boolean eventsAreHeldBack() {
    for (Session.Progress earlier : attempts) {
      eventsHeldBack |= earlier.wasHeldBack();
    }
    return eventsHeldBack;
  }

  synchronized void negotiated(Session.Progress progress) {
    if (attempts.size() == MOST_ATTEMPTS) {
      attempts.removeFirst();
    }
    attempts.addLast(progress);
  }

  synchronized void saw(DowngradeCause evidence) {
    seen.add(evidence);
  }

  /**
   * Why the session of this progress did not get the best transport. What was seen outright comes
   * before what is concluded from silence.
   */
  synchronized DowngradeCause causeOf(Session.Progress current, Transport best) {
    if (best == Transport.WEB_SOCKETS) {
      if (seen.contains(DowngradeCause.UPGRADE_HEADERS_STRIPPED)) {
        return DowngradeCause.UPGRADE_HEADERS_STRIPPED;
      }
      if (seen.contains(DowngradeCause.HANDSHAKE_REFUSED)) {
        return DowngradeCause.HANDSHAKE_REFUSED;
      }
    }
    if (seen.contains(DowngradeCause.WRONG_NODE)) {
      return DowngradeCause.WRONG_NODE;
    }
    boolean heldBack = false;
    for (Session.Progress earlier : attempts) {
      if (earlier.equals(current)) {
        continue;
      }
      if (earlier.transport() == null) {
        return DowngradeCause.NEVER_ARRIVED;
      }
      heldBack |= earlier.transport() == Transport.SERVER_SENT_EVENTS && !earlier.hasPosted();
    }
    return heldBack ? DowngradeCause.EVENTS_HELD_BACK : DowngradeCause.CLIENT_CHOICE;
  }

  /** Whether the log has not had this yet. */
  synchronized boolean firstReportOf(TransportDowngrade downgrade) {
    return reported.add(downgrade);
  }

  /**
   * The session has a transport. What led there is explained, so only the session itself is kept:
   * it may still turn out to be of no use to the client.
   */
  synchronized void settled(Session.Progress current) {
    attempts.removeIf(earlier -> !earlier.equals(current));
    seen.clear();
  }
}
