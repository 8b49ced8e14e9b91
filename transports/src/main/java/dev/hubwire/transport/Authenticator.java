package dev.hubwire.transport;

import org.jspecify.annotations.Nullable;

/**
 * Finds out who sends a request. Asked for every HTTP request of an endpoint: negotiate, each
 * transport request, POST, DELETE. Called on an IO thread, so it must not block. Thread-safe.
 */
@FunctionalInterface
public interface Authenticator {
  /** Every request is anonymous. */
  Authenticator NONE = request -> Result.anonymous();

  /**
   * The user whom the HTTP server itself authenticated, by a handler in front of the endpoint; with
   * the names and roles of its account. An account whose principal is a {@link User} brings that.
   */
  Authenticator HTTP_SERVER =
      request -> {
        User user = request.user();
        return user == null ? Result.anonymous() : Result.of(user);
      };

  /**
   * @param request with the user whom the HTTP server itself authenticated, if it did
   */
  Result authenticate(ConnectionRequest request);

  /** What an authenticator found. */
  sealed interface Result {
    /** No credentials came with the request. Whether that is enough is the endpoint's decision. */
    static Result anonymous() {
      return Anonymous.INSTANCE;
    }

    static Result of(User user) {
      return new Authenticated(user);
    }

    /**
     * @param reason for the log, never for the client, and never with a credential in it
     */
    static Result refused(String reason) {
      return new Refused(reason);
    }

    /** The user, or null for an anonymous or refused request. */
    default @Nullable User user() {
      return this instanceof Authenticated authenticated ? authenticated.who() : null;
    }
  }

  /** No credentials. */
  enum Anonymous implements Result {
    INSTANCE
  }

  /** Good credentials. */
  record Authenticated(User who) implements Result {}

  /** Credentials that are not good: answered with 401, whatever the endpoint asks for. */
  record Refused(String reason) implements Result {}
}
