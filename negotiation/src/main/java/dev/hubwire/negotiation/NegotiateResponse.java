package dev.hubwire.negotiation;

import dev.hubwire.negotiation.token.ConnectionIdentity;
import java.util.Collections;
import java.util.EnumSet;
import java.util.OptionalInt;
import java.util.Set;

/** The answer to a negotiate request ({@code docs/protocol/connections.md} §2.3, §2.5). */
public sealed interface NegotiateResponse {
  /**
   * The client has a connection and may open a transport.
   *
   * @param version the version answered, 0 or 1
   * @param statefulReconnect whether stateful reconnect is granted. Never true for a client that
   *     did not ask: it would fail to start
   * @param identity the connection's id and token; in version 0 they are the same text
   * @param transports what the client may choose from, in the order of {@link Transport}; may be
   *     empty; unmodifiable
   * @param tokenLifetimeSeconds how long the client's authentication lasts, where it can be
   *     refreshed and ends ({@code docs/protocol/net11-additions.md} §1.2)
   */
  record Accepted(
      int version,
      boolean statefulReconnect,
      ConnectionIdentity identity,
      Set<Transport> transports,
      OptionalInt tokenLifetimeSeconds)
      implements NegotiateResponse {
    /** Without a word on how long the client's authentication lasts. */
    public Accepted(
        int version,
        boolean statefulReconnect,
        ConnectionIdentity identity,
        Set<Transport> transports) {
      this(version, statefulReconnect, identity, transports, OptionalInt.empty());
    }

    public Accepted {
      NegotiateRequest.requireVersion(version);
      if (version == 0 && !identity.isShared()) {
        throw new IllegalArgumentException(
            "identity: id and token differ (expected: the same in version 0)");
      }
      EnumSet<Transport> inOrder = EnumSet.noneOf(Transport.class);
      inOrder.addAll(transports);
      transports = Collections.unmodifiableSet(inOrder);
    }
  }

  /**
   * The client should negotiate elsewhere.
   *
   * @param version the version answered, 0 or 1
   */
  record Redirected(int version, Redirect to) implements NegotiateResponse {
    public Redirected {
      NegotiateRequest.requireVersion(version);
    }
  }

  /**
   * The client gets no connection.
   *
   * @param error the text clients show as the reason; not empty, since an empty one means no error
   */
  record Refused(String error) implements NegotiateResponse {
    public Refused {
      if (error.isEmpty()) {
        throw new IllegalArgumentException("error: empty (expected: a reason)");
      }
    }
  }
}
