package dev.hubwire.protocol.json;

import dev.hubwire.protocol.text.JsonScanner;
import org.jspecify.annotations.Nullable;

/** Makes Java values of one type from JSON. Thread-safe. */
interface ValueReader {
  /** As {@link PayloadReader#read}. */
  @Nullable Object read(JsonScanner scanner);
}
