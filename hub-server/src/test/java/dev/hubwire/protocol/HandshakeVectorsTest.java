package dev.hubwire.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hubwire.negotiation.TransferFormat;
import dev.hubwire.protocol.json.JsonHubProtocol;
import dev.hubwire.protocol.vectors.Vector;
import dev.hubwire.transport.PayloadWriter;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** The handshake against what was recorded with the reference server and the official clients. */
final class HandshakeVectorsTest {
  private static final List<HubProtocol> PROTOCOLS =
      List.of(new JsonHubProtocol(), new NamedProtocol("messagepack", TransferFormat.BINARY));

  static Stream<Vector> requests() {
    return Vector.of("json", "handshakeRequest");
  }

  @ParameterizedTest
  @MethodSource("requests")
  void answersAsTheReference(Vector vector) {
    byte[] bytes = vector.bytes();
    int end = TextRecord.end(bytes, 0, bytes.length);
    if (vector.outcome().equals("incomplete")) {
      assertThat(end).isNegative();
      return;
    }
    PayloadWriter answer = new PayloadWriter(64);
    String error = null;
    try {
      HandshakeRequest request = Handshake.read(bytes, 0, end);
      Handshake.choose(request, PROTOCOLS, formats(vector));
      assertThat(request.protocol()).isEqualTo(vector.node().at("/message/protocol").asString());
      assertThat(request.version()).isEqualTo(vector.node().at("/message/version").asInt());
      Handshake.writeSuccess(answer);
    } catch (HandshakeRejectedException e) {
      error = e.getMessage();
      Handshake.writeError(error, answer);
    } catch (ProtocolException e) {
      error = e.getMessage();
      assertThat(e.wireName()).isEqualTo(vector.errorType());
      Handshake.writeError(Handshake.UNEXPECTED_ERROR, answer);
    }

    assertThat(error).isEqualTo(vector.error().isEmpty() ? null : vector.error());
    assertThat(new String(answer.toByteArray(), UTF_8)).isEqualTo(vector.clientSees());
    assertThat(new String(bytes, end, bytes.length - end, UTF_8))
        .isEqualTo(vector.node().path("rest").asString(""));
  }

  private static Set<TransferFormat> formats(Vector vector) {
    Set<TransferFormat> formats = EnumSet.noneOf(TransferFormat.class);
    for (JsonNode name : vector.node().path("transportFormats")) {
      formats.add(TransferFormat.valueOf(name.asString().toUpperCase(java.util.Locale.ROOT)));
    }
    return formats.isEmpty() ? EnumSet.allOf(TransferFormat.class) : formats;
  }

  /** A protocol of which only the name matters. */
  private record NamedProtocol(String name, TransferFormat transferFormat) implements HubProtocol {
    @Override
    public int recordEnd(byte[] bytes, int start, int scanned, int end) {
      throw new UnsupportedOperationException();
    }

    @Override
    public @Nullable HubMessage read(byte[] bytes, int start, int end, InvocationBinder binder) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void write(HubMessage message, PayloadWriter target) {
      throw new UnsupportedOperationException();
    }
  }
}
