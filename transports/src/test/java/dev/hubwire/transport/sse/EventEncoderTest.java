package dev.hubwire.transport.sse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hubwire.negotiation.TransferFormat;
import dev.hubwire.transport.PayloadWriter;
import dev.hubwire.transport.SharedPayload;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventEncoderTest {
  /**
   * Of the reference's table, and of what it gets wrong. {@code ~} stands for CR, {@code ;} for LF.
   */
  @ParameterizedTest
  @CsvSource({
    "'', '~;'",
    "'Hello, World', 'data: Hello, World~;~;'",
    "'Hello;World', 'data: Hello~;data: World~;~;'",
    "'Hello~;World', 'data: Hello~;data: World~;~;'",
    "'Hello;', 'data: Hello~;data: ~;~;'",
    "'Hello~;', 'data: Hello~;data: ~;~;'",
    "'a~b', 'data: a~;data: b~;~;'",
    "'~;', 'data: ~;data: ~;~;'",
    "'{\"type\":6}', 'data: {\"type\":6}~;~;'"
  })
  void framesEveryKindOfLineEnd(String payload, String event) {
    assertThat(encode(unmarked(payload))).isEqualTo(unmarked(event));
  }

  @Property
  void whatAClientReadsIsThePayloadWithOneKindOfLineEnd(
      @ForAll @CharRange(from = 'a', to = 'c') @Chars({'\r', '\n'}) String payload) {
    String read = read(encode(payload));
    assertThat(read).isEqualTo(payload.replace("\r\n", "\n").replace('\r', '\n'));
  }

  @Property
  void anEventIsTheSameInWhateverPiecesItIsEncoded(
      @ForAll @CharRange(from = 'a', to = 'c') @Chars({'\r', '\n'}) String payload,
      @ForAll @IntRange(min = 1, max = 9) int pieceLength) {
    StringBuilder pieces = new StringBuilder();
    SharedPayload whole = payload(payload);
    while (pieces.length() < EventEncoder.sizeOf(whole)) {
      ByteBuffer piece = ByteBuffer.allocate(pieceLength);
      EventEncoder.encode(whole, pieces.length(), piece);
      pieces.append(UTF_8.decode(piece.flip()));
    }
    assertThat(pieces).hasToString(encode(payload));
  }

  private static String encode(String payload) {
    SharedPayload whole = payload(payload);
    ByteBuffer target = ByteBuffer.allocate(payload.length() * 9 + 16);
    EventEncoder.encode(whole, 0, target);
    assertThat(target.position()).as("the size was foretold").isEqualTo(EventEncoder.sizeOf(whole));
    return UTF_8.decode(target.flip()).toString();
  }

  private static SharedPayload payload(String content) {
    PayloadWriter writer = new PayloadWriter(content.length());
    writer.write(content.getBytes(UTF_8));
    return SharedPayload.of(writer, TransferFormat.TEXT);
  }

  /** What the event stream interpretation of the HTML standard makes of an event. */
  private static String read(String event) {
    List<String> data = new ArrayList<>();
    for (String line : event.split("\r\n", -1)) {
      if (line.startsWith("data: ")) {
        data.add(line.substring("data: ".length()));
      }
    }
    return String.join("\n", data);
  }

  private static String unmarked(String text) {
    return text.replace('~', '\r').replace(';', '\n');
  }
}
