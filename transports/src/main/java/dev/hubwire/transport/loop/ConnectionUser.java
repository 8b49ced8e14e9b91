package dev.hubwire.transport.loop;

import dev.hubwire.negotiation.token.ConnectionId;
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
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Who is on a connection, and until when; and how newer credentials take their place ({@code
 * docs/protocol/net11-additions.md} §1.4 to §1.6). Everything changes on the loop, one thing at a
 * time, which is what makes a renewal atomic.
 */
public final class ConnectionUser {
  private final AuthenticationRefreshOptions options;

  /** Written on the loop, read by any thread. */
  private volatile @Nullable User user;

  /** Decides who is the same user; null until there is one. As {@link #user}. */
  private volatile @Nullable TransportListener judge;

  /** Null for never. Loop thread only. */
  private @Nullable Instant expiresAt;

  /**
   * The connection it belongs to.
   *
   * @param inTurn runs something on the loop
   * @param isOpen asked on the loop
   * @param told hears of a new user, on the loop
   */
  public record Owner(
      ConnectionId id,
      Consumer<Runnable> inTurn,
      BooleanSupplier isOpen,
      Consumer<@Nullable User> told) {}

  /**
   * @param first by the request that opened the connection; null for nobody
   * @param now the time of day
   */
  public ConnectionUser(@Nullable User first, AuthenticationRefreshOptions options, Instant now) {
    this.options = options;
    this.user = first;
    this.expiresAt = options.expiryOf(first, now);
  }

  /** Null for nobody. Any thread. */
  public @Nullable User user() {
    return user;
  }

  /** From now on this decides who is the same user. Loop thread. */
  public void judgedBy(TransportListener listener) {
    judge = listener;
  }

  /** Whether the authentication has ended. Loop thread. */
  public boolean isExpired(Instant now) {
    return expiresAt != null && !now.isBefore(expiresAt);
  }

  /** Somebody else looks after its end. Loop thread. */
  void neverExpires() {
    expiresAt = null;
  }

  /**
   * A request of the client came with this user, where credentials cannot be renewed. Newer ones of
   * the connection's own user make it live longer; nobody's, or another's, do not. Loop thread.
   */
  public void sawInPassing(@Nullable User shown) {
    User own = user;
    if (!options.enabled() && own != null && shown != null && shown.id().equals(own.id())) {
      expiresAt = shown.expiresAt();
    }
  }

  /** As {@link dev.hubwire.transport.session.RenewableConnection#accepts}. */
  public boolean accepts(@Nullable User shown) {
    TransportListener current = judge;
    return current == null ? User.isSame(user, shown) : current.acceptsUser(user, shown);
  }

  /** As {@link dev.hubwire.transport.session.RenewableConnection#renew}. */
  public CompletionStage<Renewal> renew(Owner owner, Credentials shown) {
    Attempt attempt = new Attempt(owner, shown);
    owner.inTurn().accept(attempt::begin);
    return attempt.outcome;
  }

  /** One renewal; everything but the policy's answer happens on the loop. */
  private final class Attempt {
    private final Owner owner;
    private final Credentials shown;
    private final CompletableFuture<Renewal> outcome = new CompletableFuture<>();

    Attempt(Owner owner, Credentials shown) {
      this.owner = owner;
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
          shown.request(), owner.id(), user, shown.user(), shown.expiresAt());
    }

    /** What the application's policy need not be asked for, or null. */
    private @Nullable Renewal withoutPolicy() {
      if (!accepts(shown.user())) {
        return Renewal.USER_CHANGED;
      }
      if (!owner.isOpen().getAsBoolean()) {
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
        owner.inTurn().accept(() -> conclude(accepted));
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
        owner.told().accept(user);
      } finally {
        outcome.complete(Renewal.APPLIED);
      }
    }

    /** Much may have happened while the policy thought about it. */
    private @Nullable Renewal refusal(boolean accepted) {
      if (!owner.isOpen().getAsBoolean()) {
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
