package dev.hubwire.functional;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** One value of each kind that the hub protocols write in a form of their own. */
@SuppressWarnings("ArrayRecordComponent") // Bytes are a byte[] to the hub protocols; none compares.
public record ComplexObject(
    String string, List<Integer> intArray, byte[] byteArray, UUID guid, Instant dateTime) {}
