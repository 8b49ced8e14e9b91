package dev.hubwire.protocol.json;

import dev.hubwire.protocol.text.JsonScanner;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Turns names into strings without making the same string again and again. Of names that share a
 * slot the last one stays, so it never grows, whatever clients send. Thread-safe.
 */
final class NameCache {
  private static final int SLOTS = 1024;

  /** Longer names are not worth their memory. */
  private static final int LONGEST = 64;

  private final AtomicReferenceArray<@Nullable String> slots = new AtomicReferenceArray<>(SLOTS);

  /** The text of the scanner's current string or name. */
  String get(JsonScanner scanner) {
    if (!scanner.isPlainAscii() || scanner.tokenEnd() - scanner.tokenStart() > LONGEST) {
      return scanner.string();
    }
    int hash = scanner.textHash();
    int slot = (hash ^ hash >>> 10) & SLOTS - 1;
    String name = slots.getPlain(slot);
    if (name == null || !scanner.textIs(name)) {
      name = scanner.string();
      // A string may be handed to another thread in any way, its content is there with it.
      slots.setPlain(slot, name);
    }
    return name;
  }
}
