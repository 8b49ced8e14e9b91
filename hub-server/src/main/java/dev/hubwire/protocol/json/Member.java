package dev.hubwire.protocol.json;

import dev.hubwire.protocol.text.JsonScanner;
import org.jspecify.annotations.Nullable;

/** The members of a record that mean something, whatever its type. */
enum Member {
  TYPE("type"),
  INVOCATION_ID("invocationId"),
  STREAM_IDS("streamIds"),
  TARGET("target"),
  ERROR("error"),
  ALLOW_RECONNECT("allowReconnect"),
  RESULT("result"),
  ITEM("item"),
  ARGUMENTS("arguments"),
  HEADERS("headers"),
  SEQUENCE_ID("sequenceId");

  private static final Member[] ALL = values();

  private final String text;

  Member(String text) {
    this.text = text;
  }

  /** The member a scanner's current name names, or null if it means nothing. */
  static @Nullable Member named(JsonScanner scanner) {
    if (scanner.hasEscapes()) {
      return search(scanner);
    }
    Member candidate =
        switch (scanner.tokenEnd() - scanner.tokenStart()) {
          case 4 -> TYPE.isNamed(scanner) ? TYPE : ITEM;
          case 5 -> ERROR;
          case 6 -> TARGET.isNamed(scanner) ? TARGET : RESULT;
          case 7 -> HEADERS;
          case 9 -> ARGUMENTS.isNamed(scanner) ? ARGUMENTS : STREAM_IDS;
          case 10 -> SEQUENCE_ID;
          case 12 -> INVOCATION_ID;
          case 14 -> ALLOW_RECONNECT;
          default -> null;
        };
    return candidate != null && candidate.isNamed(scanner) ? candidate : null;
  }

  private static @Nullable Member search(JsonScanner scanner) {
    for (Member member : ALL) {
      if (member.isNamed(scanner)) {
        return member;
      }
    }
    return null;
  }

  private boolean isNamed(JsonScanner scanner) {
    return scanner.textIs(text);
  }

  /** The name on the wire. */
  @Override
  public String toString() {
    return text;
  }
}
