package dev.hubwire.probe.wire;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * The few messages that a probe needs in either hub protocol ({@code
 * docs/protocol/hub-protocol.md}). Stateless; any thread.
 */
public enum HubEncoding {
  JSON("json") {
    @Override
    byte[] call(String target, int padding) {
      return utf8(
          "{\"type\":1,\"invocationId\":\"1\",\"target\":\""
              + target
              + "\",\"arguments\":"
              + (padding == 0 ? "[]" : "[\"" + "x".repeat(padding) + "\"]")
              + "}"
              + RECORD_END);
    }

    @Override
    byte[] ping() {
      return utf8("{\"type\":6}" + RECORD_END);
    }

    @Override
    List<HubRecord> records(ByteBuffer bytes) {
      List<HubRecord> found = new ArrayList<>();
      int start = bytes.position();
      for (int at = start; at < bytes.limit(); at++) {
        if (bytes.get(at) == RECORD_END) {
          found.add(readJson(StandardCharsets.UTF_8.decode(bytes.slice(start, at - start)) + ""));
          start = at + 1;
        }
      }
      bytes.position(start);
      return found;
    }
  },

  MESSAGEPACK("messagepack") {
    @Override
    byte[] call(String target, int padding) {
      var message = new ByteArrayOutputStream();
      message.writeBytes(new byte[] {(byte) 0x95, 0x01, (byte) 0x80, (byte) 0xa1, '1'});
      message.write(0xa0 + target.length());
      message.writeBytes(utf8(target));
      if (padding == 0) {
        message.write(0x90);
      } else {
        message.write(0x91);
        message.write(0xdb);
        message.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(padding).array());
        message.writeBytes(utf8("x".repeat(padding)));
      }
      return withLength(message.toByteArray());
    }

    @Override
    byte[] ping() {
      return withLength(new byte[] {(byte) 0x91, 0x06});
    }

    @Override
    List<HubRecord> records(ByteBuffer bytes) {
      List<HubRecord> found = new ArrayList<>();
      ByteBuffer message;
      while ((message = nextMessage(bytes)) != null) {
        found.add(readMessagePack(message));
      }
      return found;
    }
  };

  static final char RECORD_END = 0x1e;

  private static final JsonFactory FACTORY = new JsonFactory();

  /** Longer texts in MessagePack carry their length in more bytes than this reader needs. */
  private static final int FIXSTR = 0xa0;

  private static final int STR8 = 0xd9;
  private static final int STR16 = 0xda;

  private final String wireName;

  HubEncoding(String wireName) {
    this.wireName = wireName;
  }

  /**
   * One message.
   *
   * @param type 0 where it has none, as the answer to the handshake
   * @param error null where it has none
   */
  record HubRecord(int type, @Nullable String error) {}

  public String wireName() {
    return wireName;
  }

  /** A call of a method, with one text of some length as its argument, or none for 0. */
  abstract byte[] call(String target, int padding);

  abstract byte[] ping();

  /** Takes the whole messages off the front. */
  abstract List<HubRecord> records(ByteBuffer bytes);

  /** The first record of a client; in JSON for every protocol. */
  byte[] handshake() {
    return utf8("{\"protocol\":\"" + wireName + "\",\"version\":1}" + RECORD_END);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static HubRecord readJson(String text) {
    int type = 0;
    String error = null;
    try (JsonParser json = FACTORY.createParser(ObjectReadContext.empty(), text)) {
      boolean isObject = json.nextToken() == JsonToken.START_OBJECT;
      while (isObject && json.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = json.currentName();
        JsonToken value = json.nextToken();
        if (name.equals("type") && value == JsonToken.VALUE_NUMBER_INT) {
          type = json.getIntValue();
        } else if (name.equals("error") && value == JsonToken.VALUE_STRING) {
          error = json.getString();
        } else {
          json.skipChildren();
        }
      }
    } catch (JacksonException e) {
      return new HubRecord(0, "not JSON: " + text);
    }
    return new HubRecord(type, error);
  }

  private static byte[] withLength(byte[] message) {
    var record = new ByteArrayOutputStream();
    int rest = message.length;
    while (rest > 0x7f) {
      record.write((rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    record.write(rest);
    record.writeBytes(message);
    return record.toByteArray();
  }

  /** The next whole message without its length, or null. */
  private static @Nullable ByteBuffer nextMessage(ByteBuffer bytes) {
    int length = 0;
    for (int at = 0; at < 5 && bytes.position() + at < bytes.limit(); at++) {
      int one = bytes.get(bytes.position() + at);
      length |= (one & 0x7f) << (7 * at);
      if (one >= 0) {
        int start = bytes.position() + at + 1;
        if (length < 0 || length > bytes.limit() - start) {
          return null;
        }
        bytes.position(start + length);
        return bytes.slice(start, length);
      }
    }
    return null;
  }

  /** An array whose first item is the type; in a Close message, the second is the error. */
  private static HubRecord readMessagePack(ByteBuffer message) {
    boolean isArray = message.remaining() > 1 && (message.get(0) & 0xf0) == 0x90;
    int type = isArray ? message.get(1) : 0;
    if (type != 7 || message.remaining() < 4) {
      return new HubRecord(type, null);
    }
    int head = message.get(2) & 0xff;
    int start = head == STR16 ? 5 : head == STR8 ? 4 : 3;
    int length =
        switch (head) {
          case STR8 -> message.get(3) & 0xff;
          case STR16 -> message.getShort(3) & 0xffff;
          default -> head >= FIXSTR && head < FIXSTR + 32 ? head - FIXSTR : 0;
        };
    if (length == 0 || length > message.limit() - start) {
      return new HubRecord(type, null);
    }
    return new HubRecord(
        type, StandardCharsets.UTF_8.decode(message.slice(start, length)).toString());
  }
}
