package dev.hubwire.auth;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.JWKSet;
import java.text.ParseException;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** Keys that do not change. */
record KeyRing(List<VerificationKey> keys) implements KeySource {
  KeyRing {
    keys = List.copyOf(keys);
  }

  /**
   * The usable keys of a JWK set (RFC 7517 §5): public keys for RS256 and ES256. Others, such as
   * keys for encryption, are left out, and so are secrets, which a set must not have.
   */
  static KeyRing ofSet(String json) throws ParseException {
    return new KeyRing(
        JWKSet.parse(json).getKeys().stream()
            .map(VerificationKey::ofSetMember)
            .filter(Objects::nonNull)
            .toList());
  }

  @Override
  public Set<JWSAlgorithm> algorithms() {
    return keys.stream().map(VerificationKey::algorithm).collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public Lookup find(JWSHeader header) {
    return new Lookup(
        keys.stream().filter(key -> key.mayHaveSigned(header)).toList(), "its key is not known");
  }
}
