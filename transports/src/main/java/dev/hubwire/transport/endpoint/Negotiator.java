package dev.hubwire.transport.endpoint;

import dev.hubwire.negotiation.NegotiateRequest;
import dev.hubwire.negotiation.NegotiateResponse;
import dev.hubwire.negotiation.Redirect;
import dev.hubwire.negotiation.Transport;
import dev.hubwire.transport.AuthenticationRefreshOptions;
import dev.hubwire.transport.ConnectionRequest;
import dev.hubwire.transport.Limit;
import dev.hubwire.transport.TransportOptions;
import dev.hubwire.transport.User;
import dev.hubwire.transport.session.ConnectionTable;
import dev.hubwire.transport.session.Session;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.EnumSet;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Answers negotiate requests of one endpoint ({@code docs/protocol/connections.md} §2). */
final class Negotiator {
  private static final Set<Transport> LESSER =
      Set.of(Transport.SERVER_SENT_EVENTS, Transport.LONG_POLLING);

  private final String endpoint;
  private final TransportOptions options;
  private final Set<Transport> offered;
  private final Set<Transport> offeredWithoutEvents;
  private final ConnectionTable table;
  private final InstantSource timeOfDay;

  Negotiator(
      String endpoint,
      TransportOptions options,
      Set<Transport> offered,
      ConnectionTable table,
      InstantSource timeOfDay) {
    this.endpoint = endpoint;
    this.options = options;
    this.offered = offered;
    EnumSet<Transport> rest = EnumSet.noneOf(Transport.class);
    rest.addAll(offered);
    rest.remove(Transport.SERVER_SENT_EVENTS);
    this.offeredWithoutEvents = Collections.unmodifiableSet(rest);
    this.table = table;
    this.timeOfDay = timeOfDay;
  }

  Answer negotiate(ConnectionRequest request, QueryString query) {
    NegotiateRequest asked =
        NegotiateRequest.parse(
            query.value("negotiateVersion"),
            query.value("useStatefulReconnect"),
            options.minimumNegotiateVersion());
    return switch (asked) {
      case NegotiateRequest.Invalid invalid -> {
        EndpointLog.versionRefused(endpoint, invalid.error());
        yield Answer.negotiated(new NegotiateResponse.Refused(invalid.error()));
      }
      case NegotiateRequest.Valid valid -> negotiate(request, valid);
    };
  }

  private Answer negotiate(ConnectionRequest request, NegotiateRequest.Valid asked) {
    Redirect redirect = redirect(request);
    if (redirect != null) {
      EndpointLog.redirected(endpoint, redirect.url());
      return Answer.negotiated(new NegotiateResponse.Redirected(asked.version(), redirect));
    }
    Limit reached = table.reachedBy(endpoint, request);
    if (reached != null) {
      return Answer.refusedFor(reached);
    }
    boolean stateful = asked.statefulReconnect() && options.allowStatefulReconnects();
    Set<Transport> transports = offeredTo(request);
    Session session = table.negotiate(endpoint, asked.version(), stateful, transports);
    if (session == null) {
      return table.isLeaving()
          ? Answer.SHUTTING_DOWN
          : Answer.refusedFor(Limit.PENDING_NEGOTIATIONS);
    }
    table.history().negotiated(request, session);
    return Answer.negotiated(
        new NegotiateResponse.Accepted(
            asked.version(), stateful, session.identity(), transports, lifetimeOf(request.user())));
  }

  /** A server that is about to stop has the last word. */
  private @Nullable Redirect redirect(ConnectionRequest request) {
    Redirect elsewhere = table.redirect(request);
    return elsewhere != null ? elsewhere : options.negotiateInterceptor().redirect(request);
  }

  private OptionalInt lifetimeOf(@Nullable User user) {
    AuthenticationRefreshOptions refresh = options.authenticationRefresh();
    Instant now = timeOfDay.instant();
    return refresh.lifetimeSeconds(refresh.expiryOf(user, now), now);
  }

  /**
   * Event streams are not offered again to a client that one did not reach: clients do not fall
   * back from a stream that stays silent, but wait for it.
   */
  private Set<Transport> offeredTo(ConnectionRequest request) {
    if (!offered.containsAll(LESSER) || !table.history().eventsAreHeldBack(request)) {
      return offered;
    }
    EndpointLog.eventsHeldBack(endpoint, request.remoteAddress());
    return offeredWithoutEvents;
  }
}
