package dev.hubwire.samples.chat;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Every room, and where each connection sits. A room is there while somebody is in it, the lobby
 * always. Safe for use by any thread.
 */
final class Rooms {
  static final String LOBBY = "lobby";

  private static final int MAX_ROOMS = 100;

  /** Guarded by this. */
  private final Map<String, Room> rooms = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  /** By connection id. Guarded by this. */
  private final Map<String, Seat> seats = new HashMap<>();

  private final InstantSource clock;

  Rooms(InstantSource clock) {
    this.clock = clock;
    rooms.put(LOBBY, new Room(LOBBY));
  }

  /**
   * Gives a connection its seat; it has none.
   *
   * @return false if that would be one room too many
   */
  synchronized boolean enter(String connectionId, Seat seat) {
    if (!rooms.containsKey(seat.room()) && rooms.size() == MAX_ROOMS) {
      return false;
    }
    rooms.computeIfAbsent(seat.room(), Room::new).enter(connectionId, seat.person());
    seats.put(connectionId, seat);
    return true;
  }

  /** The seat that the connection had, if it had one. */
  synchronized Optional<Seat> leave(String connectionId) {
    Seat seat = seats.remove(connectionId);
    if (seat == null) {
      return Optional.empty();
    }
    Room room = rooms.get(seat.room());
    if (room != null) {
      room.leave(connectionId);
      if (room.isEmpty() && !seat.room().equals(LOBBY)) {
        rooms.remove(seat.room());
      }
    }
    return Optional.of(seat);
  }

  synchronized Optional<Seat> seatOf(String connectionId) {
    return Optional.ofNullable(seats.get(connectionId));
  }

  /** Adds to a room's log; the line, if there is still somebody to read it. */
  synchronized Optional<Line> add(String room, @Nullable String user, String text) {
    return Optional.ofNullable(rooms.get(room))
        .map(found -> found.add(user, text, clock.instant()));
  }

  synchronized List<Line> logOf(String room) {
    Room found = rooms.get(room);
    return found == null ? List.of() : found.log();
  }

  synchronized List<String> peopleIn(String room) {
    Room found = rooms.get(room);
    return found == null ? List.of() : found.people();
  }

  synchronized List<RoomSummary> list() {
    return rooms.values().stream().map(Room::summary).toList();
  }

  /** Where somebody sits. */
  record Seat(String person, String room) {}
}
