package dev.hubwire.samples.chat;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who is in a room and what was said last. Guarded by the {@link Rooms} it is in. */
final class Room {
  /** Lines that a newcomer sees. */
  private static final int KEPT_LINES = 50;

  private final String name;
  private final Map<String, String> people = new LinkedHashMap<>();
  private final Deque<Line> log = new ArrayDeque<>();
  private long lines;

  Room(String name) {
    this.name = name;
  }

  void enter(String connectionId, String person) {
    people.put(connectionId, person);
  }

  void leave(String connectionId) {
    people.remove(connectionId);
  }

  Line add(@Nullable String user, String text, Instant at) {
    if (log.size() == KEPT_LINES) {
      log.removeFirst();
    }
    var line = new Line(++lines, user, text, at);
    log.addLast(line);
    return line;
  }

  boolean isEmpty() {
    return people.isEmpty();
  }

  List<Line> log() {
    return List.copyOf(log);
  }

  /** Each name once, however many connections its owner has. */
  List<String> people() {
    return people.values().stream().distinct().sorted(String.CASE_INSENSITIVE_ORDER).toList();
  }

  RoomSummary summary() {
    return new RoomSummary(name, people().size());
  }
}
