package dev.hubwire.transport.session;

/** What became of newer credentials ({@code docs/protocol/net11-additions.md} §1.5, §1.6). */
public enum Renewal {
  /** They count from now on. */
  APPLIED,
  /** They are the ones that count already. */
  UNCHANGED,
  /** They end sooner than the ones that count already, which stay. */
  STALE,
  /** They are another user's. */
  USER_CHANGED,
  /** The application's policy does not want them. */
  REJECTED,
  /** The connection is over, or about to be. */
  GONE
}
