package dev.hubwire.negotiation;

/** What a transport can carry, and what a hub protocol writes. */
public enum TransferFormat {
  /** UTF-8 text. */
  TEXT("Text"),
  /** Any bytes. */
  BINARY("Binary");

  private final String wireName;

  TransferFormat(String wireName) {
    this.wireName = wireName;
  }

  /**
   * The name in a negotiate response and in error texts ({@code docs/protocol/connections.md}
   * §2.3).
   */
  public String wireName() {
    return wireName;
  }
}
