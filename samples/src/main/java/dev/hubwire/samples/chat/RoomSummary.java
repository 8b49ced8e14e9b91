package dev.hubwire.samples.chat;

/**
 * A room in the list of rooms.
 *
 * @param people how many are in it
 */
public record RoomSummary(String name, int people) {}
