package dev.hubwire.transport.loop;

import dev.hubwire.transport.AuthenticationRefresh;
import dev.hubwire.transport.AuthenticationRefreshOptions;
import dev.hubwire.transport.TransportListener;
import dev.hubwire.transport.User;
import dev.hubwire.transport.session.RenewableConnection.Credentials;
import dev.hubwire.transport.session.Renewal;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Who is on a connection, and until when; and how newer credentials take their place ({@code
 * docs/protocol/net11-additions.md} §1.4 to §1.6). Everything changes on the loop, one thing at a
 * time, which is what makes a renewal atomic.
 */
final class ConnectionUser {
  private final AuthenticationRefreshOptions options;

  /** Written on the loop, read by any thread. */
  private volatile @Nullable User user;

  /** Decides who is the same user; null until there is one. As {@link #user}. */
  private volatile @Nullable TransportListener judge;

  /** Null for never. Loop thread only. */
  private @Nullable Instant expiresAt;

  ConnectionUser(@Nullable User first, AuthenticationRefreshOptions options, Instant now) {
    this.options = options;
    this.user = first;
    this.expiresAt = options.expiryOf(first, now);
  }

  @Nullable User user() {
    return user;
  }

  /** From now on this decides who is the same user. Loop thread. */
  void judgedBy(TransportListener listener) {
    judge = listener;
  }

  /** Whether the authentication has ended. Loop thread. */
  boolean isExpired(Instant now) {
    return expiresAt != null && !now.isBefore(expiresAt);
  }

  /**
   * A request of the client came with this user, where credentials cannot be renewed. Newer ones of
   * the connection's own user make it live longer; nobody's, or another's, do not. Loop thread.
   */
  void sawInPassing(@Nullable User shown) {
    User own = user;
    if (!options.enabled() && own != null && shown != null && shown.id().equals(own.id())) {
      expiresAt = shown.expiresAt();
    }
  }

  /** As {@link dev.hubwire.transport.session.RenewableConnection#accepts}. */
  boolean accepts(@Nullable User shown) {
    TransportListener current = judge;
    return current == null ? User.isSame(user, shown) : current.acceptsUser(user, shown);
  }

  /** As {@link dev.hubwire.transport.session.RenewableConnection#renew}. */
  CompletionStage<Renewal> renew(LoopConnection connection, Credentials shown) {
    Attempt attempt = new Attempt(connection, shown);
    connection.inTurn(attempt::begin);
    return attempt.outcome;
  }

  /** One renewal; everything but the policy's answer happens on the loop. */
  private final class Attempt {
    private final LoopConnection connection;
    private final Credentials shown;
    private final CompletableFuture<Renewal> outcome = new CompletableFuture<>();

    Attempt(LoopConnection connection, Credentials shown) {
      this.connection = connection;
      this.shown = shown;
    }

    void begin() {
      Renewal known = withoutPolicy();
      if (known != null) {
        outcome.complete(known);
        return;
      }
      try {
        var unused = options.policy().accepts(context()).whenComplete(this::judged);
      } catch (RuntimeException failure) {
        outcome.completeExceptionally(failure);
      }
    }

    private AuthenticationRefresh context() {
      return new AuthenticationRefresh(
          shown.request(), connection.id(), user, shown.user(), shown.expiresAt());
    }

    /** What the application's policy need not be asked for, or null. */
    private @Nullable Renewal withoutPolicy() {
      if (!accepts(shown.user())) {
        return Renewal.USER_CHANGED;
      }
      if (!connection.isOpen()) {
        return Renewal.GONE;
      }
      if (shown.inPassing() && Objects.equals(user, shown.user())) {
        return Renewal.UNCHANGED;
      }
      return shown.inPassing() && isStale() ? Renewal.STALE : null;
    }

    /** Any thread. */
    private void judged(@Nullable Boolean accepted, @Nullable Throwable failure) {
      if (failure == null && accepted != null) {
        connection.inTurn(() -> conclude(accepted));
      } else {
        outcome.completeExceptionally(
            failure == null ? new NullPointerException("no answer: null") : failure);
      }
    }

    private void conclude(boolean accepted) {
      Renewal refusal = refusal(accepted);
      if (refusal != null) {
        outcome.complete(refusal);
        return;
      }
      user = shown.user();
      expiresAt = shown.expiresAt();
      try {
        connection.tellOfUser(user);
      } finally {
        outcome.complete(Renewal.APPLIED);
      }
    }

    /** Much may have happened while the policy thought about it. */
    private @Nullable Renewal refusal(boolean accepted) {
      if (!connection.isOpen()) {
        return Renewal.GONE;
      }
      if (!accepted && !(shown.inPassing() && isStale())) {
        return Renewal.REJECTED;
      }
      if (isStale()) {
        return Renewal.STALE;
      }
      return accepts(shown.user()) ? null : Renewal.USER_CHANGED;
    }

    private boolean isStale() {
      Instant end = shown.expiresAt();
      return end != null && expiresAt != null && end.isBefore(expiresAt);
    }
  }
}
