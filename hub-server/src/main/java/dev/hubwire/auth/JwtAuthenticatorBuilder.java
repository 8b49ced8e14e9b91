package dev.hubwire.auth;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.security.PublicKey;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Builds a {@link JwtAuthenticator}. It needs at least one key: a secret, a public key, a key set
 * or the URL of one; several may be given, and a token needs one of them. Not thread-safe.
 */
public final class JwtAuthenticatorBuilder {
  /** How far clocks may differ unless told otherwise: one minute. */
  public static final Duration DEFAULT_CLOCK_SKEW = Duration.ofMinutes(1);

  /** The age at which keys at a URL are fetched again unless told otherwise: 15 minutes. */
  public static final Duration DEFAULT_KEY_REFRESH = Duration.ofMinutes(15);

  private static final Duration MIN_KEY_REFRESH = Duration.ofSeconds(30);
  private static final Duration MAX_KEY_AGE = Duration.ofHours(24);

  private final List<VerificationKey> keys = new ArrayList<>();
  private final Set<String> issuers = new LinkedHashSet<>();
  private final Set<String> audiences = new LinkedHashSet<>();
  private boolean anyAudience;
  private boolean publicKeys;
  private @Nullable URI keySetUrl;
  private @Nullable Executor keySetExecutor;
  private Duration keyRefresh = DEFAULT_KEY_REFRESH;
  private Duration clockSkew = DEFAULT_CLOCK_SKEW;
  private Clock clock = Clock.systemUTC();
  private boolean expiryRequired = true;
  private String idClaim = "sub";
  private List<String> roleClaims = List.of("role", "roles");

  JwtAuthenticatorBuilder() {}

  /**
   * Accepts HS256 with this secret.
   *
   * @param secret at least 32 bytes (RFC 7518 §3.2); copied
   */
  public JwtAuthenticatorBuilder secret(byte[] secret) {
    keys.add(VerificationKey.ofSecret(secret));
    return this;
  }

  /**
   * Accepts RS256 with an RSA key of at least 2048 bits, or ES256 with an EC key on the curve
   * P-256. The key fits tokens of any {@code kid}.
   */
  public JwtAuthenticatorBuilder publicKey(PublicKey key) {
    keys.add(VerificationKey.ofPublicKey(key));
    publicKeys = true;
    return this;
  }

  /**
   * Accepts RS256 and ES256 with the keys of a set; each is used only for tokens that name it by
   * its {@code kid}, if both have one.
   *
   * @param json a JWK set (RFC 7517 §5); what is not a public key for one of the two is left out
   */
  public JwtAuthenticatorBuilder keySet(String json) {
    List<VerificationKey> members;
    try {
      members = KeyRing.ofSet(json).keys();
    } catch (ParseException e) {
      throw new IllegalArgumentException("keySet: not a JWK set (RFC 7517 §5)", e);
    }
    require(!members.isEmpty(), "keySet: no key for RS256 or ES256 (expected: at least one)");
    keys.addAll(members);
    publicKeys = true;
    return this;
  }

  /**
   * Accepts RS256 and ES256 with the keys that the issuer publishes. They are fetched when the
   * authenticator is built, when they have reached {@link #keyRefresh}, and when a token names a
   * key that is not among them, at most every 30 seconds. Keys are used for 24 hours after the last
   * fetch that worked.
   *
   * <p>No request waits for a fetch: a token whose key is not known yet is refused.
   *
   * @param url of a JWK set; {@code https}, or {@code http} to a loopback address
   * @param executor runs the fetches, which block; the caller's to shut down
   */
  public JwtAuthenticatorBuilder keySetUrl(URI url, Executor executor) {
    require(
        isTrustworthy(url),
        "keySetUrl: " + url + " (expected: https, or http to a loopback address)");
    require(keySetUrl == null, "keySetUrl: a second one (expected: one)");
    keySetUrl = url;
    keySetExecutor = Objects.requireNonNull(executor, "executor");
    publicKeys = true;
    return this;
  }

  /**
   * Age at which the keys at the URL are fetched again, when the next token comes. Default {@link
   * #DEFAULT_KEY_REFRESH}; from 30 seconds to 24 hours.
   */
  public JwtAuthenticatorBuilder keyRefresh(Duration age) {
    require(
        age.compareTo(MIN_KEY_REFRESH) >= 0 && age.compareTo(MAX_KEY_AGE) <= 0,
        "keyRefresh: " + age + " (expected: PT30S to PT24H)");
    keyRefresh = age;
    return this;
  }

  /** Accepts tokens of this issuer ({@code iss}) and of others so named only. Default: of any. */
  public JwtAuthenticatorBuilder issuer(String issuer) {
    require(!issuer.isEmpty(), "issuer: empty (expected: the iss of the tokens)");
    issuers.add(issuer);
    return this;
  }

  /**
   * Accepts tokens that are meant for this audience ({@code aud}) or for another so named only.
   * Required with public keys, since their issuer signs tokens for others as well.
   */
  public JwtAuthenticatorBuilder audience(String audience) {
    require(!audience.isEmpty(), "audience: empty (expected: the aud of the tokens)");
    audiences.add(audience);
    return this;
  }

  /** Accepts tokens whomever they are meant for: right where the issuer serves nobody else. */
  public JwtAuthenticatorBuilder anyAudience() {
    anyAudience = true;
    return this;
  }

  /**
   * How far the issuer's clock and this one may differ: a token is good from {@code nbf} less this
   * to {@code exp} plus this. Default {@link #DEFAULT_CLOCK_SKEW}; zero is allowed.
   */
  public JwtAuthenticatorBuilder clockSkew(Duration skew) {
    require(!skew.isNegative(), "clockSkew: " + skew + " (expected: >= PT0S)");
    clockSkew = skew;
    return this;
  }

  /** What tells the time. Default: the system's clock. */
  public JwtAuthenticatorBuilder clock(Clock clock) {
    this.clock = Objects.requireNonNull(clock, "clock");
    return this;
  }

  /** Whether a token without {@code exp} is refused. Default true. */
  public JwtAuthenticatorBuilder expiryRequired(boolean required) {
    expiryRequired = required;
    return this;
  }

  /**
   * The claim whose text or whole number identifies the user; a token without it is refused.
   * Default {@code sub}.
   */
  public JwtAuthenticatorBuilder idClaim(String name) {
    require(!name.isEmpty(), "idClaim: empty (expected: the name of a claim)");
    idClaim = name;
    return this;
  }

  /**
   * The claims that hold roles, each a text (one role) or an array of texts. Default {@code role}
   * and {@code roles}.
   */
  public JwtAuthenticatorBuilder roleClaims(String... names) {
    roleClaims = List.of(names);
    return this;
  }

  /**
   * Builds it, and with a key set's URL starts the first fetch.
   *
   * @throws IllegalStateException if there is no key, or no decision about the audience
   */
  public JwtAuthenticator build() {
    if (keys.isEmpty() && keySetUrl == null) {
      throw new IllegalStateException("keys: none (expected: a secret, a public key or a key set)");
    }
    if (publicKeys && audiences.isEmpty() && !anyAudience) {
      throw new IllegalStateException(
          "audience: none (expected with public keys: at least one, or anyAudience())");
    }
    if (anyAudience && !audiences.isEmpty()) {
      throw new IllegalStateException(
          "audience: " + audiences + " (expected with anyAudience(): none)");
    }
    List<KeySource> sources = new ArrayList<>();
    sources.add(new KeyRing(keys));
    CompletionStage<Void> ready = CompletableFuture.completedStage(null);
    if (keySetUrl != null && keySetExecutor != null) {
      var timing = new RemoteKeys.Timing(keyRefresh, MIN_KEY_REFRESH, MAX_KEY_AGE);
      var remote =
          new RemoteKeys(keySetUrl, KeySetReader.overHttp(), keySetExecutor, clock, timing);
      ready = remote.start();
      sources.add(remote);
    }
    return new JwtAuthenticator(
        sources,
        new TokenRules(
            Set.copyOf(issuers), Set.copyOf(audiences), expiryRequired, clockSkew, clock),
        new ClaimMapping(idClaim, roleClaims),
        ready);
  }

  private static boolean isTrustworthy(URI url) {
    String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
    return url.getHost() != null
        && switch (scheme) {
          case "https" -> true;
          case "http" -> isLoopback(url.getHost());
          default -> false;
        };
  }

  private static boolean isLoopback(String host) {
    if (host.equalsIgnoreCase("localhost")) {
      return true;
    }
    // Only a literal address: a look-up of a name could block, and its answer could change.
    boolean literal = host.startsWith("[") || host.matches("[0-9.]+");
    try {
      return literal && InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException(message);
    }
  }
}
