package dev.hubwire.transport.session;

import dev.hubwire.transport.ConnectionRequest;
import dev.hubwire.transport.TransportConnection;
import dev.hubwire.transport.User;
import java.time.Instant;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A connection whose user can show newer credentials without a new connection. */
public interface RenewableConnection extends TransportConnection {
  /**
   * Credentials that came with a request.
   *
   * @param request with the user they belong to
   * @param expiresAt when they end on this server, or null for never
   * @param inPassing whether they came with a request that is there for something else: what is not
   *     new is no news then
   */
  record Credentials(ConnectionRequest request, @Nullable Instant expiresAt, boolean inPassing) {
    public @Nullable User user() {
      return request.user();
    }
  }

  /** Whether a request of this user may act for the connection. Any thread. */
  boolean accepts(@Nullable User user);

  /**
   * Makes newer credentials count, if they may: between two things that happen on the lane, so that
   * whatever the client does after it knows the outcome meets the new user. Any thread.
   *
   * @return completes on the lane; with a failure if the application's policy fails, and nothing
   *     has changed then
   */
  CompletionStage<Renewal> renew(Credentials shown);
}
