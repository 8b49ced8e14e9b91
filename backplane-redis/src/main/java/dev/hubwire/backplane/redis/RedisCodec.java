package dev.hubwire.backplane.redis;

import dev.hubwire.backplane.redis.RedisMessage.Ack;
import dev.hubwire.backplane.redis.RedisMessage.Completion;
import dev.hubwire.backplane.redis.RedisMessage.GroupCommand;
import dev.hubwire.backplane.redis.RedisMessage.Invocation;
import dev.hubwire.backplane.redis.RedisMessage.Reply;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.msgpack.core.MessageBufferPacker;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessagePackException;
import org.msgpack.core.MessageUnpacker;

/**
 * Messages as MessagePack, byte for byte as the reference writes them ({@code
 * docs/protocol/backplane.md} §3): every header in its smallest form. Arrays that are read may have
 * more elements than are known, and headers of any width.
 */
final class RedisCodec {
  private static final MessagePack.UnpackerConfig READING =
      new MessagePack.UnpackerConfig().withAllowReadingBinaryAsString(false);

  private static final int GROUP_COMMAND_ITEMS = 5;

  /** Of an invocation that wants an answer. */
  private static final int ITEMS_WITH_REPLY = 4;

  private RedisCodec() {}

  /** These bytes are no message. */
  static final class MalformedMessageException extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedMessageException(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  static byte[] write(RedisMessage message) {
    try (MessageBufferPacker packer = MessagePack.newDefaultBufferPacker()) {
      switch (message) {
        case Invocation invocation -> write(packer, invocation);
        case GroupCommand(int id, String server, int action, String group, String connection) -> {
          packer.packArrayHeader(GROUP_COMMAND_ITEMS).packInt(id).packString(server);
          packer.packInt(action).packString(group).packString(connection);
        }
        case Ack(int id) -> packer.packArrayHeader(1).packInt(id);
        case Completion completion -> {
          packer.packArrayHeader(2).packString(completion.protocol());
          packer.packBinaryHeader(completion.record().length).writePayload(completion.record());
        }
      }
      return packer.toByteArray();
    } catch (IOException e) {
      throw new IllegalStateException("memory takes every byte", e);
    }
  }

  private static void write(MessageBufferPacker packer, Invocation invocation) throws IOException {
    Reply reply = invocation.reply();
    packer.packArrayHeader(reply == null ? 2 : ITEMS_WITH_REPLY);
    packer.packArrayHeader(invocation.excludedConnectionIds().size());
    for (String id : invocation.excludedConnectionIds()) {
      packer.packString(id);
    }
    packer.packMapHeader(invocation.records().size());
    for (Map.Entry<String, byte[]> record : invocation.records().entrySet()) {
      packer.packString(record.getKey());
      packer.packBinaryHeader(record.getValue().length).writePayload(record.getValue());
    }
    if (reply != null) {
      packer.packString(reply.invocationId()).packString(reply.returnChannel());
    }
  }

  static Invocation readInvocation(byte[] payload) throws MalformedMessageException {
    return read(payload, 2, "Invocation", RedisCodec::invocation);
  }

  private static Invocation invocation(MessageUnpacker unpacker, int items) throws IOException {
    int excludedCount = unpacker.unpackArrayHeader();
    List<String> excluded = new ArrayList<>();
    for (int i = 0; i < excludedCount; i++) {
      excluded.add(unpacker.unpackString());
    }
    int recordCount = unpacker.unpackMapHeader();
    Map<String, byte[]> records = new LinkedHashMap<>();
    for (int i = 0; i < recordCount; i++) {
      records.put(unpacker.unpackString(), bytes(unpacker));
    }
    Reply reply =
        items < ITEMS_WITH_REPLY
            ? null
            : new Reply(unpacker.unpackString(), unpacker.unpackString());
    return new Invocation(excluded, records, reply);
  }

  static GroupCommand readGroupCommand(byte[] payload) throws MalformedMessageException {
    return read(
        payload,
        GROUP_COMMAND_ITEMS,
        "GroupCommand",
        (unpacker, items) ->
            new GroupCommand(
                unpacker.unpackInt(),
                unpacker.unpackString(),
                unpacker.unpackInt(),
                unpacker.unpackString(),
                unpacker.unpackString()));
  }

  static Ack readAck(byte[] payload) throws MalformedMessageException {
    return read(payload, 1, "Ack", (unpacker, items) -> new Ack(unpacker.unpackInt()));
  }

  static Completion readCompletion(byte[] payload) throws MalformedMessageException {
    return read(
        payload,
        2,
        "CompletionMessage",
        (unpacker, items) -> new Completion(unpacker.unpackString(), bytes(unpacker)));
  }

  /** Reads what follows an array's header. */
  private interface Body<T> {
    T read(MessageUnpacker unpacker, int items) throws IOException;
  }

  private static <T> T read(byte[] payload, int minimum, String name, Body<T> body)
      throws MalformedMessageException {
    try (MessageUnpacker unpacker = READING.newUnpacker(payload)) {
      int items = unpacker.unpackArrayHeader();
      if (items < minimum) {
        throw new MalformedMessageException("Insufficient items in " + name + " array.", null);
      }
      return body.read(unpacker, items);
    } catch (MessagePackException | IOException e) {
      throw new MalformedMessageException("no " + name + ": " + e.getMessage(), e);
    }
  }

  private static byte[] bytes(MessageUnpacker unpacker) throws IOException {
    return unpacker.tryUnpackNil()
        ? new byte[0]
        : unpacker.readPayload(unpacker.unpackBinaryHeader());
  }
}
