package dev.hubwire.auth;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.hubwire.transport.User;
import java.util.Collection;
import java.util.Collections;
import java.util.Date;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes a user of a token's claims.
 *
 * @param idClaim the claim that identifies the user
 * @param roleClaims the claims that hold roles, each a text or an array of texts
 */
record ClaimMapping(String idClaim, List<String> roleClaims) {

  User user(JWTClaimsSet claims) throws TokenRefusedException {
    Date expires = claims.getExpirationTime();
    return new User(
        id(claims.getClaim(idClaim)),
        roles(claims),
        values(claims.getClaims()),
        expires == null ? null : expires.toInstant());
  }

  private String id(@Nullable Object claim) throws TokenRefusedException {
    if (claim instanceof String text && !text.isEmpty()) {
      return text;
    }
    if (claim instanceof Long || claim instanceof Integer) {
      return claim.toString();
    }
    throw new TokenRefusedException(
        idClaim + ": no text or whole number (expected: the user's id)");
  }

  private Set<String> roles(JWTClaimsSet claims) {
    Set<String> roles = new HashSet<>();
    for (String name : roleClaims) {
      Object claim = claims.getClaim(name);
      Collection<?> values =
          claim instanceof Collection<?> many ? many : Collections.singletonList(claim);
      for (Object value : values) {
        if (value instanceof String role) {
          roles.add(role);
        }
      }
    }
    return roles;
  }

  private static Map<String, Object> values(Map<String, ? extends @Nullable Object> claims) {
    Map<String, Object> values = new LinkedHashMap<>();
    claims.forEach(
        (name, value) -> {
          if (value != null) {
            values.put(name, value instanceof Date date ? date.toInstant() : frozen(value));
          }
        });
    return values;
  }

  /** A user is immutable, so what a token nests is sealed as well; a null inside stays a null. */
  private static Object frozen(Object value) {
    if (value instanceof Map<?, ?> map) {
      Map<Object, @Nullable Object> copy = new LinkedHashMap<>();
      map.forEach((name, inner) -> copy.put(name, inner == null ? null : frozen(inner)));
      return Collections.unmodifiableMap(copy);
    }
    if (value instanceof List<?> list) {
      return list.stream().map(inner -> inner == null ? null : frozen(inner)).toList();
    }
    return value;
  }
}
