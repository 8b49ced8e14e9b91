package dev.hubwire.negotiation.token;

/**
 * Makes the names of new connections. Thread-safe. No two connections of a process, nor of a farm,
 * ever get the same.
 */
public interface IdentityGenerator {
  /** Id and token independent of each other: nobody who knows the id can guess the token. */
  ConnectionIdentity separate();

  /** Id and token the same text, for clients that know of one only. */
  ConnectionIdentity shared();
}
