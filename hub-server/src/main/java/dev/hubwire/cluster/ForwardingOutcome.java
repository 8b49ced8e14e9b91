package dev.hubwire.cluster;

/** What became of a request that came to the wrong node. */
public enum ForwardingOutcome {
  /** It was passed on to the other node. */
  FORWARDED,
  /** The directory does not know the node: it has left, or never was. */
  UNKNOWN_NODE,
  /** One of those could not be: the node did not answer, or had too many connections. */
  UNREACHABLE,
  /** It had been forwarded here, and this is not the right node either. */
  FORWARDED_TWICE
}
