package dev.hubwire.protocol.vectors;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One recorded exchange ({@code docs/protocol/hub-protocol.md} §13). */
public record Vector(JsonNode node) {
  private static final List<Vector> ALL = load();

  private static List<Vector> load() {
    try (InputStream in = Vector.class.getResourceAsStream("/vectors/hub-protocol.json")) {
      JsonNode array = JsonMapper.shared().readTree(Objects.requireNonNull(in));
      return StreamSupport.stream(array.spliterator(), false).map(Vector::new).toList();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** All vectors of a protocol and a kind. */
  public static Stream<Vector> of(String protocol, String kind) {
    return ALL.stream()
        .filter(v -> v.text("protocol").equals(protocol) && v.text("kind").equals(kind));
  }

  /** The bytes on the wire. */
  public byte[] bytes() {
    return node.has("text") ? text("text").getBytes(UTF_8) : HexFormat.of().parseHex(text("hex"));
  }

  public String outcome() {
    return text("outcome");
  }

  public boolean isWrittenByServer() {
    return StreamSupport.stream(node.path("writers").spliterator(), false)
        .anyMatch(writer -> writer.asString().equals("dotnet-server"));
  }

  public boolean isReadByServer() {
    return !text("direction").equals("server-to-client");
  }

  /** The decoded messages, in order. */
  public List<JsonNode> messages() {
    return node.has("messages")
        ? StreamSupport.stream(node.get("messages").spliterator(), false).toList()
        : List.of(node.get("message"));
  }

  /** What the client gets for it, or null for nothing. */
  public @Nullable String clientSees() {
    JsonNode seen = node.path("clientSees");
    return seen.isString() ? seen.asString() : null;
  }

  /** The internal error, or an empty text. */
  public String error() {
    return node.path("error").asString("");
  }

  /** The name of the internal error's type. */
  public String errorType() {
    return node.path("errorType").asString("InvalidDataException");
  }

  private String text(String member) {
    return node.get(member).asString();
  }

  @Override
  public String toString() {
    return text("name");
  }
}
