package dev.hubwire.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hubwire.negotiation.token.NodeName;
import io.undertow.util.HttpString;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * By which a node proves that it forwarded a request: its name, the time, and a code over both and
 * the connection's token that only nodes with the same secret can make. Thread-safe.
 */
final class Stamp {
  static final HttpString HEADER = new HttpString("Hubwire-Forwarded");

  /** How far the clocks of two nodes may be apart. */
  private static final Duration TOLERANCE = Duration.ofMinutes(1);

  private static final String ALGORITHM = "HmacSHA256";

  private final SecretKeySpec key;
  private final InstantSource clock;

  Stamp(byte[] secret, InstantSource clock) {
    this.key = new SecretKeySpec(secret, ALGORITHM);
    this.clock = clock;
  }

  /** The header's value for a request that this node forwards now. */
  String make(NodeName sender, String token) {
    String claim = sender + " " + clock.instant().getEpochSecond();
    return claim + " " + code(claim, token);
  }

  /** Whether a header's value was made by a node of this cluster, just now, for this token. */
  boolean isGood(String value, String token) {
    int end = value.lastIndexOf(' ');
    if (end < 0) {
      return false;
    }
    String claim = value.substring(0, end);
    byte[] expected = code(claim, token).getBytes(UTF_8);
    return MessageDigest.isEqual(expected, value.substring(end + 1).getBytes(UTF_8))
        && isRecent(claim.substring(claim.indexOf(' ') + 1));
  }

  /**
   * @param seconds as {@link #make} wrote them: the code has been found good
   */
  private boolean isRecent(String seconds) {
    Instant sent = Instant.ofEpochSecond(Long.parseLong(seconds));
    return Duration.between(sent, clock.instant()).abs().compareTo(TOLERANCE) <= 0;
  }

  private String code(String claim, String token) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      byte[] code = mac.doFinal((claim + " " + token).getBytes(UTF_8));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(code);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JVM has " + ALGORITHM, e);
    }
  }
}
