package dev.hubwire.protocol;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hubwire.transport.PayloadWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HandshakeTest {
  /** Characters stand for the bytes with their numbers. */
  private static HandshakeRequest read(String latin1) {
    byte[] bytes = ("x" + latin1 + "\u001e").getBytes(ISO_8859_1);
    return Handshake.read(bytes, 1, bytes.length);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"protocol\":\"json\",\"version\":1}",
        "{\"version\":1,\"protocol\":\"json\",\"minorVersion\":\"x\"}",
        "{\"protocol\":\"x\",\"version\":7,\"version\":1,\"protocol\":\"json\"}",
        "{\"proto\\u0063ol\":\"\\u006ason\",\"version\":1}",
        "{\"protocol\":\"json\",\"Protocol\":5,\"version\":1,\"\\ud83d\":[]}",
        "{ \"protocol\" : \"json\" , \"version\" : 1 } trailing"
      })
  void readsRequests(String text) {
    assertThat(read(text)).isEqualTo(new HandshakeRequest("json", 1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "[]~InvalidDataException~Unexpected JSON Token Type 'Array'. Expected a JSON Object.",
        "5~InvalidDataException~Unexpected JSON Token Type 'Number'. Expected a JSON Object.",
        "null~InvalidDataException~Unexpected JSON Token Type 'Null'. Expected a JSON Object.",
        "{\"protocol\":{}}~InvalidDataException~Expected 'protocol' to be of type String.",
        "{\"version\":true}~InvalidDataException~Expected 'version' to be of type Number.",
        "{}~InvalidDataException~Missing required property 'protocol'. Message content: {}",
        "{\"version\":1.0}~FormatException~Either the JSON value is not in a supported format,"
            + " or is out of bounds for an Int32.",
        "{\"protocol\":\"\u00FF\"}~InvalidOperationException~"
            + "Cannot transcode invalid UTF-8 JSON text to UTF-16 string.",
        "hello~JsonReaderException~"
            + "'h' is an invalid start of a value. LineNumber: 0 | BytePositionInLine: 0.",
        "{\"a\":1,}~JsonReaderException~The JSON object contains a trailing comma at the end which"
            + " is not supported in this mode. Change the reader options."
            + " LineNumber: 0 | BytePositionInLine: 7."
      })
  void tellsWhatIsWrongWithARequest(String text, String wireName, String message) {
    ProtocolException thrown = catchThrowableOfType(ProtocolException.class, () -> read(text));

    assertThat(thrown.wireName()).isEqualTo(wireName);
    assertThat(thrown).hasMessage(message);
  }

  @Test
  void writesTheAnswerThatLetsTheProtocolBegin() {
    PayloadWriter writer = new PayloadWriter(0);

    Handshake.writeSuccess(writer);

    assertThat(writer.toByteArray()).containsExactly('{', '}', TextRecord.SEPARATOR);
  }

  @Test
  void escapesTheErrorItWrites() {
    PayloadWriter writer = new PayloadWriter(0);

    Handshake.writeError("The protocol '\"😀' is not supported.", writer);

    assertThat(new String(writer.toByteArray(), UTF_8))
        .isEqualTo("{\"error\":\"The protocol '\\\"\\uD83D\\uDE00' is not supported.\"}\u001e");
  }
}
