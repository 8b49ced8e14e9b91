package dev.hubwire.transport;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Decides whether a user may go on with newer credentials. Asked after it is known to be the same
 * user, so it can refuse, but not let another user in. Called on an IO thread, so it must not
 * block; thread-safe.
 */
@FunctionalInterface
public interface AuthenticationRefreshPolicy {
  /** The same user may always go on. */
  AuthenticationRefreshPolicy ACCEPT = refresh -> CompletableFuture.completedFuture(true);

  /**
   * Whether the new credentials count from now on.
   *
   * @return completes with false to refuse: the old user and its expiry stay as they were, but a
   *     long-polling connection that showed the credentials with a poll is cut. A failure is
   *     answered with 500 and changes nothing. Any thread may complete it
   */
  CompletionStage<Boolean> accepts(AuthenticationRefresh refresh);
}
