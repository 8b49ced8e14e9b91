package dev.hubwire.transport.endpoint;

import dev.hubwire.negotiation.token.ConnectionToken;
import dev.hubwire.transport.AuthenticationRefresh;
import dev.hubwire.transport.AuthenticationRefreshOptions;
import dev.hubwire.transport.CloseReason;
import dev.hubwire.transport.ConnectionRequest;
import dev.hubwire.transport.session.RenewableConnection;
import dev.hubwire.transport.session.RenewableConnection.Credentials;
import dev.hubwire.transport.session.Renewal;
import dev.hubwire.transport.session.Session;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.SameThreadExecutor;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Newer credentials for connections of one endpoint, with requests that are there for nothing else
 * and with requests that come anyway ({@code docs/protocol/net11-additions.md} §1.3, §1.5).
 * Stateless.
 */
final class Refresher {
  private final String endpoint;
  private final AuthenticationRefreshOptions options;
  private final EndpointServices services;

  Refresher(String endpoint, AuthenticationRefreshOptions options, EndpointServices services) {
    this.endpoint = endpoint;
    this.options = options;
    this.services = services;
  }

  boolean isEnabled() {
    return options.enabled();
  }

  /** Answers a POST to {@code {path}/refresh} whose user may use the endpoint. */
  void refresh(
      HttpServerExchange exchange, ConnectionRequest request, @Nullable ConnectionToken token) {
    Session session = token == null ? null : services.table().find(token, endpoint);
    Answer refusal = refusal(token, session);
    if (refusal != null || session == null) {
      (refusal == null ? Answer.REFRESH_OF_NO_CONNECTION : refusal).send(exchange);
      return;
    }
    Instant now = services.timeOfDay().instant();
    Instant expiry = options.expiryOf(request.user(), now);
    Answer done = Answer.refreshed(options.lifetimeSeconds(expiry, now));
    renew(
        exchange,
        session,
        new Credentials(request, expiry, false),
        outcome ->
            switch (outcome) {
              case APPLIED, STALE, UNCHANGED -> done;
              case USER_CHANGED -> Answer.REFRESH_BY_ANOTHER_USER;
              case REJECTED -> Answer.REFRESH_REJECTED;
              case GONE -> Answer.REFRESH_OF_NO_CONNECTION;
            });
  }

  private @Nullable Answer refusal(@Nullable ConnectionToken token, @Nullable Session session) {
    if (token == null) {
      return Answer.REFRESH_WITHOUT_TOKEN;
    }
    if (session == null || session.isOver()) {
      return Answer.REFRESH_OF_NO_CONNECTION;
    }
    return session.identity().isShared() ? Answer.REFRESH_OF_OLD_VERSION : null;
  }

  private void renew(
      HttpServerExchange exchange,
      Session session,
      Credentials shown,
      Function<Renewal, Answer> answer) {
    renewed(
        exchange,
        session,
        shown,
        (outcome, failure) -> {
          if (outcome == null) {
            failed(exchange, session, failure);
          } else {
            EndpointLog.refreshed(session.id(), outcome);
            answer.apply(outcome).send(exchange);
          }
        });
  }

  /**
   * Goes on with a request that takes over a connection from an earlier one, once its credentials
   * are known to be the connection's user's; they count from then on if they are newer.
   *
   * @param goOn run on the exchange's IO thread
   */
  void takeOver(HttpServerExchange exchange, Attachment attachment, Runnable goOn) {
    Session session = attachment.session();
    ConnectionRequest request = attachment.request();
    Instant expiry = options.expiryOf(request.user(), services.timeOfDay().instant());
    renewed(
        exchange,
        session,
        new Credentials(request, expiry, true),
        (outcome, failure) -> {
          switch (outcome) {
            case null -> failed(exchange, session, failure);
            case USER_CHANGED -> Answer.USER_CHANGED.send(exchange);
            case REJECTED -> {
              EndpointLog.refreshed(session.id(), outcome);
              session.connection().thenAccept(refused -> refused.abort(CloseReason.ABORTED));
              Answer.REFRESH_REJECTED.send(exchange);
            }
            case APPLIED, STALE, UNCHANGED, GONE -> goOn.run();
          }
        });
  }

  /** Whether a request of another kind may act for a connection; its user changes nothing. */
  boolean mayAct(Session session, ConnectionRequest request) {
    return !options.enabled()
        || !(session.openedConnection() instanceof RenewableConnection connection)
        || connection.accepts(request.user());
  }

  /**
   * @param then called on the exchange's IO thread, with what came of it or why nothing did
   */
  private void renewed(
      HttpServerExchange exchange,
      Session session,
      Credentials shown,
      BiConsumer<@Nullable Renewal, @Nullable Throwable> then) {
    // Begins when the handlers have returned, so that an answer cannot meet them.
    exchange.dispatch(
        SameThreadExecutor.INSTANCE,
        () -> {
          var unused =
              renewal(session, shown)
                  .whenComplete(
                      (outcome, failure) ->
                          exchange.getIoThread().execute(() -> then.accept(outcome, failure)));
        });
  }

  private CompletionStage<Renewal> renewal(Session session, Credentials shown) {
    if (session.transport() == null) {
      return beforeATransport(session, shown);
    }
    return session
        .connection()
        .handle(
            (connection, over) ->
                connection instanceof RenewableConnection renewable
                    ? renewable.renew(shown)
                    : CompletableFuture.completedFuture(Renewal.GONE))
        .thenCompose(Function.identity());
  }

  /** Nobody is on the connection yet: its first transport request will say who is. */
  private CompletionStage<Renewal> beforeATransport(Session session, Credentials shown) {
    try {
      return options
          .policy()
          .accepts(
              new AuthenticationRefresh(
                  shown.request(), session.id(), null, shown.user(), shown.expiresAt()))
          .thenApply(accepted -> accepted ? Renewal.APPLIED : Renewal.REJECTED);
    } catch (RuntimeException failure) {
      return CompletableFuture.failedFuture(failure);
    }
  }

  private static void failed(
      HttpServerExchange exchange, Session session, @Nullable Throwable failure) {
    EndpointLog.refreshFailed(session.id(), failure);
    Answer.APPLICATION_FAILED.send(exchange);
  }
}
