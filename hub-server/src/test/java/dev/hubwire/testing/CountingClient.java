package dev.hubwire.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hubwire.protocol.HubMessage;
import dev.hubwire.protocol.HubProtocol;
import dev.hubwire.protocol.InvocationBinder;
import dev.hubwire.transport.PayloadWriter;
import dev.hubwire.transport.SharedPayload;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The other side of stateful reconnect, as the official clients play it: a model for tests. */
public final class CountingClient {
  private static final int HANDSHAKE_ANSWER_BYTES = 3;

  private final HubProtocol protocol;
  private final Deque<byte[]> unacknowledged = new ArrayDeque<>();

  /** What has come, without what was said about numbers, in order. */
  private final List<HubMessage> received = new ArrayList<>();

  /** What the present socket has taken from the client and not given to the server. */
  private final ByteArrayOutputStream up = new ByteArrayOutputStream();

  /** The start of a record. */
  private byte[] partial = {};

  private long lastId;
  private long nextId = 1;
  private long highestId;
  private int answerBytesMissing = HANDSHAKE_ANSWER_BYTES;

  /** Whether the socket is new and the server has not said where it begins. */
  private boolean awaitsSequence;

  public CountingClient(HubProtocol protocol) {
    this.protocol = protocol;
  }

  public void shakeHands(int version) {
    up.writeBytes(
        "{\"protocol\":\"%s\",\"version\":%d}\u001e"
            .formatted(protocol.name(), version)
            .getBytes(UTF_8));
  }

  /** Sends a message that is numbered. */
  public void send(HubMessage message) {
    lastId++;
    byte[] record = encode(message);
    unacknowledged.add(record);
    up.writeBytes(record);
  }

  /** Sends a message that is not. */
  public void tell(HubMessage message) {
    up.writeBytes(encode(message));
  }

  public void acknowledge() {
    tell(new HubMessage.Ack(highestId));
  }

  /** Has a new socket: says where it begins, and repeats what may be lost. */
  public void reattach() {
    up.reset();
    partial = new byte[0];
    awaitsSequence = true;
    tell(new HubMessage.Sequence(lastId + 1 - unacknowledged.size()));
    unacknowledged.forEach(up::writeBytes);
  }

  /** Takes what leaves for the server, as many bytes at most. */
  public byte[] up(int most) {
    byte[] all = up.toByteArray();
    int count = Math.min(most, all.length);
    up.reset();
    up.write(all, count, all.length - count);
    return Arrays.copyOf(all, count);
  }

  /** Bytes came from the server. */
  public void down(byte[] bytes) {
    int skipped = Math.min(answerBytesMissing, bytes.length);
    answerBytesMissing -= skipped;
    byte[] all =
        ByteBuffer.allocate(partial.length + bytes.length - skipped)
            .put(partial)
            .put(bytes, skipped, bytes.length - skipped)
            .array();
    int start = 0;
    int end;
    while (start < all.length && (end = protocol.recordEnd(all, start, start, all.length)) >= 0) {
      take(protocol.read(all, start, end, new Anything()));
      start = end;
    }
    partial = Arrays.copyOfRange(all, start, all.length);
  }

  /** The numbers that its method {@code tell} was called with, in order. */
  public List<Integer> told() {
    List<Integer> numbers = new ArrayList<>();
    for (HubMessage message : received) {
      if (message instanceof HubMessage.Invocation tell) {
        numbers.add((Integer) tell.arguments().getFirst());
      }
    }
    return numbers;
  }

  /** The answers to calls, in order. */
  public List<Integer> answers() {
    List<Integer> numbers = new ArrayList<>();
    for (HubMessage message : received) {
      if (message instanceof HubMessage.Completion completion
          && completion.outcome() instanceof HubMessage.Outcome.Result(Integer value)) {
        numbers.add(value);
      }
    }
    return numbers;
  }

  private void take(@Nullable HubMessage message) {
    switch (Objects.requireNonNull(message)) {
      case HubMessage.Sequence(long id) -> {
        awaitsSequence = false;
        nextId = id;
      }
      case HubMessage.Ack(long id) -> {
        while (lastId - unacknowledged.size() < id) {
          unacknowledged.remove();
        }
      }
      case HubMessage.Invocation invocation -> count(invocation);
      case HubMessage.StreamItem item -> count(item);
      case HubMessage.Completion completion -> count(completion);
      case HubMessage other -> received.add(other);
    }
  }

  private void count(HubMessage message) {
    if (awaitsSequence) {
      throw new IllegalStateException("ahead of the Sequence: " + message);
    }
    if (nextId++ > highestId) {
      highestId = nextId - 1;
      received.add(message);
    }
  }

  private byte[] encode(HubMessage message) {
    PayloadWriter writer = new PayloadWriter(64);
    protocol.write(message, writer);
    ByteBuffer content = SharedPayload.of(writer, protocol.transferFormat()).content();
    byte[] bytes = new byte[content.remaining()];
    content.get(bytes);
    return bytes;
  }

  /** Every value is a number. */
  private static final class Anything implements InvocationBinder {
    @Override
    public Target target(String name) {
      return new Target(name, List.of(Integer.class));
    }

    @Override
    public Type resultType(String invocationId) {
      return Integer.class;
    }

    @Override
    public Type streamItemType(String streamId) {
      return Integer.class;
    }
  }
}
