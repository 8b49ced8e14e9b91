package dev.hubwire.samples.chat;

import dev.hubwire.hub.Hub;
import dev.hubwire.hub.HubException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A chat with rooms. A connection sits in one room at a time; everybody in it receives what is said
 * there and who is there.
 */
public final class ChatHub extends Hub<ChatHub.Client> {
  private static final int MAX_NAME = 32;
  private static final int MAX_TEXT = 2_000;

  /** What a page listens to. */
  public interface Client {
    /** Something was said, or happened, in a room. */
    void receive(String room, Line line);

    /** Who is in the room now. */
    void people(List<String> names);

    /** Which rooms there are now. */
    void rooms(List<RoomSummary> rooms);
  }

  private final Rooms rooms;

  ChatHub(Rooms rooms) {
    this.rooms = rooms;
  }

  /**
   * Takes a seat in a room, and gives up the one before.
   *
   * @return what was said there last
   */
  public List<Line> join(@Nullable String name, @Nullable String room) {
    var seat =
        new Rooms.Seat(
            checked("a name", name, MAX_NAME),
            checked("a room", room, MAX_NAME).toLowerCase(Locale.ROOT));
    leave();
    if (!rooms.enter(id(), seat)) {
      throw new HubException("there are rooms enough: join one of them");
    }
    groups().add(id(), seat.room());
    say(seat.room(), null, seat.person() + " came in");
    announce(seat.room());
    return rooms.logOf(seat.room());
  }

  /** Says something in the room. */
  public void send(@Nullable String text) {
    Rooms.Seat seat = rooms.seatOf(id()).orElseThrow(() -> new HubException("join a room first"));
    say(seat.room(), seat.person(), checked("a message", text, MAX_TEXT));
  }

  @Override
  public void onDisconnected(@Nullable Throwable error) {
    leave();
  }

  private void leave() {
    rooms
        .leave(id())
        .ifPresent(
            seat -> {
              groups().remove(id(), seat.room());
              say(seat.room(), null, seat.person() + " left");
              announce(seat.room());
            });
  }

  private void say(String room, @Nullable String person, String text) {
    rooms.add(room, person, text).ifPresent(line -> clients().group(room).receive(room, line));
  }

  private void announce(String room) {
    clients().group(room).people(rooms.peopleIn(room));
    clients().all().rooms(rooms.list());
  }

  private String id() {
    return context().connectionId();
  }

  private static String checked(String what, @Nullable String text, int limit) {
    String stripped = text == null ? "" : text.strip();
    if (stripped.isEmpty() || stripped.length() > limit) {
      throw new HubException(what + " has 1 to " + limit + " characters");
    }
    return stripped;
  }
}
