package dev.hubwire.protocol.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hubwire.protocol.HubMessage;
import dev.hubwire.protocol.HubMessage.StreamItem;
import dev.hubwire.protocol.HubProtocol;
import dev.hubwire.protocol.InvocationBinder;
import dev.hubwire.transport.PayloadWriter;
import java.lang.reflect.Type;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Single values, sent as items of a stream. */
final class Payloads {
  private static final String START = "{\"type\":2,\"invocationId\":\"1\",\"item\":";
  private static final String END = "}\u001e";

  /** A hub with nothing but a stream whose items are of one type. */
  private record OneStream(Type type) implements InvocationBinder {
    @Override
    public @Nullable Target target(String name) {
      return null;
    }

    @Override
    public @Nullable Type resultType(String invocationId) {
      return null;
    }

    @Override
    public Type streamItemType(String streamId) {
      return type;
    }
  }

  private Payloads() {}

  /** Reads a value of a type; returns what is written for it, or null if it does not fit. */
  static @Nullable String echo(HubProtocol protocol, Type type, String json) {
    byte[] bytes = (START + json + END).getBytes(UTF_8);
    HubMessage message = protocol.read(bytes, 0, bytes.length, new OneStream(type));
    return message instanceof StreamItem item ? write(protocol, item.item()) : null;
  }

  /** What is written for a value. */
  static String write(HubProtocol protocol, @Nullable Object value) {
    PayloadWriter writer = new PayloadWriter(16);
    protocol.write(new StreamItem(Map.of(), "1", value), writer);
    String text = new String(writer.toByteArray(), UTF_8);
    assertThat(text).startsWith(START).endsWith(END);
    return text.substring(START.length(), text.length() - END.length());
  }
}
