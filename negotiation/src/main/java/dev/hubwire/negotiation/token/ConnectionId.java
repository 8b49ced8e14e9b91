package dev.hubwire.negotiation.token;

/**
 * The public name of a connection: shown to other clients, logged, used to address a client. It
 * opens nothing; the secret is the {@link ConnectionToken}.
 *
 * @param value URL-safe text, not empty
 */
public record ConnectionId(String value) {
  public ConnectionId {
    if (value.isEmpty()) {
      throw new IllegalArgumentException("value: empty (expected: a URL-safe text)");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
