package dev.hubwire.dispatch;

/** What a hub method gives back, or what the stage that it gives back completes with. */
public enum ReturnKind {
  /** Nothing: answered with a null result ({@code docs/protocol/hub-semantics.md} §10). */
  VOID,
  /** One value, collections included. */
  VALUE,
  /** A {@link java.util.stream.BaseStream}, streamed item by item. */
  STREAM,
  /** Declared as exactly {@link Iterable}, streamed; a collection is a {@link #VALUE}. */
  ITERABLE,
  /** A {@link java.util.Iterator}, streamed. */
  ITERATOR,
  /** A {@link java.util.concurrent.Flow.Publisher} or one of Reactive Streams, streamed. */
  PUBLISHER;

  /** Whether the items are sent one by one. */
  public boolean isStream() {
    return this != VOID && this != VALUE;
  }
}
