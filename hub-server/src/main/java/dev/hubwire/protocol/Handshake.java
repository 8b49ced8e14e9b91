package dev.hubwire.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hubwire.negotiation.TransferFormat;
import dev.hubwire.protocol.text.JsonException;
import dev.hubwire.protocol.text.JsonScanner;
import dev.hubwire.protocol.text.JsonText;
import dev.hubwire.protocol.text.Token;
import dev.hubwire.transport.PayloadWriter;
import java.util.Collection;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The first record in each direction, JSON text whatever protocol follows ({@code
 * docs/protocol/hub-protocol.md} §2).
 */
public final class Handshake {
  /** The first version of the hub protocol with stateful reconnect. */
  public static final int STATEFUL_VERSION = 2;

  /** The highest version of the hub protocol. */
  public static final int MAX_VERSION = STATEFUL_VERSION;

  /** What the client is told when its request cannot be read, or anything else goes wrong. */
  public static final String UNEXPECTED_ERROR =
      "An unexpected error occurred during connection handshake.";

  /** What the client is told when its request is too long or too late. */
  public static final String CANCELED = "Handshake was canceled.";

  private static final String PROTOCOL = "protocol";
  private static final String VERSION = "version";
  private static final byte[] SUCCESS = "{}\u001e".getBytes(UTF_8);
  private static final byte[] ERROR_START = "{\"error\":".getBytes(UTF_8);
  private static final byte[] ERROR_END = "}\u001e".getBytes(UTF_8);

  private Handshake() {}

  /**
   * Reads a request.
   *
   * @param start index of the record's first byte
   * @param end index after its separator
   * @throws ProtocolException if it is not a request; the client is told {@link #UNEXPECTED_ERROR}
   */
  public static HandshakeRequest read(byte[] bytes, int start, int end) {
    try {
      return read(new JsonScanner(bytes, start, end - 1), bytes, start, end - 1);
    } catch (JsonException e) {
      throw new ProtocolException(e.wireName(), e.getMessage());
    }
  }

  private static HandshakeRequest read(JsonScanner scanner, byte[] bytes, int start, int end) {
    Token root = scanner.next();
    if (root != Token.OBJECT_START) {
      throw ProtocolException.invalidData(
          "Unexpected JSON Token Type '" + root.wireName() + "'. Expected a JSON Object.");
    }
    String protocol = null;
    Integer version = null;
    while (scanner.next() == Token.NAME) {
      if (scanner.textIs(PROTOCOL)) {
        protocol = readProtocol(scanner);
      } else if (scanner.textIs(VERSION)) {
        version = readVersion(scanner);
      } else {
        scanner.next();
        scanner.skipChildren();
      }
    }
    if (protocol == null || version == null) {
      throw ProtocolException.invalidData(
          "Missing required property '"
              + (protocol == null ? "protocol" : "version")
              + "'. Message content: "
              + new String(bytes, start, end - start, UTF_8));
    }
    return new HandshakeRequest(protocol, version);
  }

  private static String readProtocol(JsonScanner scanner) {
    if (scanner.next() != Token.STRING) {
      throw ProtocolException.invalidData("Expected 'protocol' to be of type String.");
    }
    return scanner.string();
  }

  private static @Nullable Integer readVersion(JsonScanner scanner) {
    return switch (scanner.next()) {
      case NULL -> null;
      case NUMBER -> scanner.intValue();
      default -> throw ProtocolException.invalidData("Expected 'version' to be of type Number.");
    };
  }

  /**
   * Finds the protocol a client asks for. Names are compared ignoring case.
   *
   * @param offered the protocols of the hub
   * @param formats what the client's transport can carry
   * @throws HandshakeRejectedException if there is none; its message is for the client
   */
  public static HubProtocol choose(
      HandshakeRequest request, Collection<HubProtocol> offered, Set<TransferFormat> formats)
      throws HandshakeRejectedException {
    HubProtocol protocol = named(request.protocol(), offered);
    if (protocol == null) {
      throw new HandshakeRejectedException(
          "The protocol '" + request.protocol() + "' is not supported.");
    }
    if (request.version() > MAX_VERSION) {
      throw new HandshakeRejectedException(
          "The server does not support version "
              + request.version()
              + " of the '"
              + request.protocol()
              + "' protocol.");
    }
    if (!formats.contains(protocol.transferFormat())) {
      throw new HandshakeRejectedException(
          "Cannot use the '"
              + protocol.name()
              + "' protocol on the current transport. The transport does not support '"
              + protocol.transferFormat().wireName()
              + "' transfer format.");
    }
    return protocol;
  }

  private static @Nullable HubProtocol named(String name, Collection<HubProtocol> offered) {
    for (HubProtocol protocol : offered) {
      if (protocol.name().equalsIgnoreCase(name)) {
        return protocol;
      }
    }
    return null;
  }

  /** Writes the answer that lets the hub protocol begin. */
  public static void writeSuccess(PayloadWriter target) {
    target.write(SUCCESS);
  }

  /** Writes the answer after which the connection ends. */
  public static void writeError(String error, PayloadWriter target) {
    target.write(ERROR_START);
    JsonText.writeString(error, target);
    target.write(ERROR_END);
  }
}
