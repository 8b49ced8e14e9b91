package dev.hubwire.protocol.text;

/** What {@link JsonScanner} finds in a text. */
public enum Token {
  OBJECT_START("Object"),
  OBJECT_END("EndObject"),
  ARRAY_START("Array"),
  ARRAY_END("EndArray"),
  NAME("PropertyName"),
  STRING("String"),
  NUMBER("Number"),
  TRUE("True"),
  FALSE("False"),
  NULL("Null");

  private final String wireName;

  Token(String wireName) {
    this.wireName = wireName;
  }

  /** The word the reference server's error texts use for it. */
  public String wireName() {
    return wireName;
  }

  public boolean isStart() {
    return this == OBJECT_START || this == ARRAY_START;
  }
}
