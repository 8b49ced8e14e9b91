package dev.hubwire.negotiation.token;

import java.security.SecureRandom;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Names of 128 random bits each, as 22 characters of unpadded base64url ({@code
 * docs/protocol/connections.md} §2.4). A token of its own carries the node's name in front where
 * there is one ({@link NodeName}); an id never does, so ids look alike on every node.
 */
public final class RandomIdentityGenerator implements IdentityGenerator {
  private static final int RANDOM_BYTES = 16;

  private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

  private final SecureRandom random;
  private final @Nullable NodeName node;

  /**
   * @param node the name of this process among others, or null to leave it out of tokens
   */
  public RandomIdentityGenerator(SecureRandom random, @Nullable NodeName node) {
    this.random = random;
    this.node = node;
  }

  @Override
  public ConnectionIdentity separate() {
    String secret = next();
    ConnectionToken token = node == null ? new ConnectionToken(secret) : node.mark(secret);
    return new ConnectionIdentity(new ConnectionId(next()), token);
  }

  @Override
  public ConnectionIdentity shared() {
    String name = next();
    return new ConnectionIdentity(new ConnectionId(name), new ConnectionToken(name));
  }

  private String next() {
    byte[] bytes = new byte[RANDOM_BYTES];
    random.nextBytes(bytes);
    return BASE64URL.encodeToString(bytes);
  }
}
