package dev.hubwire.negotiation;

import dev.hubwire.negotiation.token.ConnectionId;
import dev.hubwire.negotiation.token.ConnectionIdentity;
import dev.hubwire.negotiation.token.ConnectionToken;
import java.io.ByteArrayOutputStream;
import java.util.EnumSet;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Negotiate responses as JSON: compact, UTF-8, with the order and presence of properties clients
 * know ({@code docs/protocol/connections.md} §2.3). Stateless; any thread.
 */
public final class NegotiateCodec {
  private static final JsonFactory JSON = new JsonFactory();

  /** Room for the longest usual answer. */
  private static final int USUAL_SIZE = 384;

  private NegotiateCodec() {}

  /** The response as UTF-8. */
  public static byte[] write(NegotiateResponse response) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(USUAL_SIZE);
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
      json.writeStartObject();
      switch (response) {
        case NegotiateResponse.Accepted accepted -> write(json, accepted);
        case NegotiateResponse.Redirected redirected -> write(json, redirected);
        case NegotiateResponse.Refused refused ->
            json.writeStringProperty("error", refused.error());
      }
      json.writeEndObject();
    }
    return bytes.toByteArray();
  }

  private static void write(JsonGenerator json, NegotiateResponse.Accepted accepted) {
    if (accepted.statefulReconnect()) {
      json.writeBooleanProperty("useStatefulReconnect", true);
    }
    json.writeNumberProperty("negotiateVersion", accepted.version());
    json.writeStringProperty("connectionId", accepted.identity().id().value());
    if (accepted.version() > 0) {
      json.writeStringProperty("connectionToken", accepted.identity().token().value());
    }
    if (accepted.tokenLifetimeSeconds().isPresent()) {
      json.writeNumberProperty("tokenLifetimeSeconds", accepted.tokenLifetimeSeconds().getAsInt());
    }
    writeTransports(json, accepted.transports());
  }

  private static void write(JsonGenerator json, NegotiateResponse.Redirected redirected) {
    json.writeNumberProperty("negotiateVersion", redirected.version());
    json.writeStringProperty("url", redirected.to().url());
    String accessToken = redirected.to().accessToken();
    if (accessToken != null) {
      json.writeStringProperty("accessToken", accessToken);
    }
    writeTransports(json, Set.of());
  }

  private static void writeTransports(JsonGenerator json, Set<Transport> transports) {
    json.writeName("availableTransports");
    json.writeStartArray();
    for (Transport transport : transports) {
      json.writeStartObject();
      json.writeStringProperty("transport", transport.wireName());
      json.writeName("transferFormats");
      json.writeStartArray();
      for (TransferFormat format : transport.transferFormats()) {
        json.writeString(format.wireName());
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  /**
   * Reads a response as a client does: in any order, past properties and transports it does not
   * know ({@code docs/protocol/connections.md} §2.6).
   *
   * @param json UTF-8
   * @throws IllegalArgumentException if it is not JSON, or lacks what its kind of answer needs
   */
  public static NegotiateResponse read(byte[] json) {
    Fields fields = new Fields();
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), json)) {
      require(parser.nextToken() == JsonToken.START_OBJECT, "an object");
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = parser.currentName();
        parser.nextToken();
        fields.read(name, parser);
      }
    } catch (JacksonException e) {
      throw new IllegalArgumentException("negotiate response: not readable as JSON", e);
    }
    return fields.toResponse();
  }

  private static void require(boolean condition, String expected) {
    if (!condition) {
      throw new IllegalArgumentException("negotiate response: (expected: " + expected + ")");
    }
  }

  /** The properties of one response, until the object is read to its end. */
  private static final class Fields {
    private int version;
    private boolean statefulReconnect;
    private @Nullable String url;
    private @Nullable String accessToken;
    private @Nullable String connectionId;
    private @Nullable String connectionToken;
    private @Nullable String error;
    private OptionalInt tokenLifetimeSeconds = OptionalInt.empty();
    private final Set<Transport> transports = EnumSet.noneOf(Transport.class);

    void read(String name, JsonParser parser) {
      switch (name) {
        case "useStatefulReconnect" -> statefulReconnect = parser.getBooleanValue();
        case "negotiateVersion" -> version = parser.getIntValue();
        case "url" -> url = text(parser);
        case "accessToken" -> accessToken = text(parser);
        case "connectionId" -> connectionId = text(parser);
        case "connectionToken" -> connectionToken = text(parser);
        case "error" -> error = text(parser);
        case "tokenLifetimeSeconds" -> tokenLifetimeSeconds = OptionalInt.of(parser.getIntValue());
        case "availableTransports" -> readTransports(parser);
        default -> parser.skipChildren();
      }
    }

    private void readTransports(JsonParser parser) {
      require(parser.currentToken() == JsonToken.START_ARRAY, "a list of transports");
      while (parser.nextToken() == JsonToken.START_OBJECT) {
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
          boolean isName = parser.currentName().equals("transport");
          parser.nextToken();
          if (isName) {
            addTransport(text(parser));
          } else {
            parser.skipChildren();
          }
        }
      }
    }

    private void addTransport(@Nullable String wireName) {
      for (Transport transport : Transport.all()) {
        if (transport.wireName().equals(wireName)) {
          transports.add(transport);
        }
      }
    }

    /** Null for null and for an empty text: both mean that there is nothing. */
    private static @Nullable String text(JsonParser parser) {
      if (parser.currentToken() == JsonToken.VALUE_NULL) {
        return null;
      }
      require(parser.currentToken() == JsonToken.VALUE_STRING, "a string or null");
      String text = parser.getString();
      return text.isEmpty() ? null : text;
    }

    NegotiateResponse toResponse() {
      if (error != null) {
        return new NegotiateResponse.Refused(error);
      }
      if (url != null) {
        return new NegotiateResponse.Redirected(version, new Redirect(url, accessToken));
      }
      String token = version > 0 ? connectionToken : connectionId;
      if (connectionId == null || token == null) {
        throw new IllegalArgumentException(
            "negotiate response: no connection (expected: connectionId, or url, or error)");
      }
      ConnectionIdentity identity =
          new ConnectionIdentity(new ConnectionId(connectionId), new ConnectionToken(token));
      return new NegotiateResponse.Accepted(
          version, statefulReconnect, identity, transports, tokenLifetimeSeconds);
    }
  }
}
