package dev.hubwire.protocol.messagepack;

/** What a completion says about its last element. */
final class ResultKind {
  static final int ERROR = 1;

  /** There is none. */
  static final int NOTHING = 2;

  static final int VALUE = 3;

  private ResultKind() {}
}
