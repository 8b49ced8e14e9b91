package dev.hubwire.auth;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import java.util.List;
import java.util.Set;

/** Keys to check signatures with. Thread-safe. */
interface KeySource {
  /** The algorithms its keys may be used for; fixed, whatever keys it has at the moment. */
  Set<JWSAlgorithm> algorithms();

  /** The keys a token with this header may be signed with, as far as known now. Never blocks. */
  Lookup find(JWSHeader header);

  /**
   * What was found.
   *
   * @param keys may be empty
   * @param whyNone for the log, in case the keys are none
   */
  record Lookup(List<VerificationKey> keys, String whyNone) {}
}
