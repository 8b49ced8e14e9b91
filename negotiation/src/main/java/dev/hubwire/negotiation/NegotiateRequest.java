package dev.hubwire.negotiation;

import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** What a client asks for when it negotiates ({@code docs/protocol/connections.md} §2.1, §2.2). */
public sealed interface NegotiateRequest {
  /** The highest version of the negotiate protocol spoken here. */
  int HIGHEST_VERSION = 1;

  /**
   * A request that gets a connection.
   *
   * @param version the version to answer with, 0 or 1
   * @param statefulReconnect whether the client asks for stateful reconnect; granting it is the
   *     endpoint's decision
   */
  record Valid(int version, boolean statefulReconnect) implements NegotiateRequest {
    public Valid {
      requireVersion(version);
    }
  }

  /**
   * A request whose version cannot be served. It is answered with 200 all the same, with {@link
   * NegotiateResponse.Refused}.
   *
   * @param error the text for the client
   */
  record Invalid(String error) implements NegotiateRequest {}

  /**
   * Reads the query of a negotiate request.
   *
   * @param negotiateVersion the parameter's value, several joined by commas, or null where it is
   *     absent, which means version 0
   * @param useStatefulReconnect the parameter's value, joined likewise, or null
   * @param minimumVersion the lowest version accepted. It is compared before the version is capped
   *     at {@link #HIGHEST_VERSION}, so a minimum of 2 is met by a client that sends 2, and it is
   *     answered with version 1
   */
  static NegotiateRequest parse(
      @Nullable String negotiateVersion,
      @Nullable String useStatefulReconnect,
      int minimumVersion) {
    OptionalInt requested =
        negotiateVersion == null ? OptionalInt.of(0) : DotNetText.int32(negotiateVersion);
    if (requested.isEmpty()) {
      return new Invalid("The client requested a non-integer protocol version.");
    }
    int number = requested.getAsInt();
    if (number < minimumVersion || number < 0) {
      return new Invalid(
          "The client requested version '"
              + number
              + "', but the server does not support this version.");
    }
    return new Valid(
        Math.min(number, HIGHEST_VERSION),
        useStatefulReconnect != null && DotNetText.isTrue(useStatefulReconnect));
  }

  /** Refuses a version that is never answered. */
  static void requireVersion(int version) {
    if (version < 0 || version > HIGHEST_VERSION) {
      throw new IllegalArgumentException(
          "version: " + version + " (expected: 0 to " + HIGHEST_VERSION + ")");
    }
  }
}
