package dev.hubwire.clients;

import java.util.Optional;

/**
 * One case that a client in another language played.
 *
 * @param failure what went wrong; empty if nothing did
 */
public record ForeignCase(String name, Optional<String> failure) {
  static ForeignCase passed(String name) {
    return new ForeignCase(name, Optional.empty());
  }

  static ForeignCase failed(String name, String failure) {
    return new ForeignCase(name, Optional.of(failure));
  }

  public boolean hasPassed() {
    return failure.isEmpty();
  }
}
