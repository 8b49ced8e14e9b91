package dev.hubwire.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

final class RecordBufferTest {
  /** Collects text records, and counts how often a byte was searched for their end. */
  private static final class Collector implements RecordBuffer.Reader {
    final List<String> records = new ArrayList<>();
    final List<byte[]> arrays = new ArrayList<>();
    int searched;
    int stopAfter = Integer.MAX_VALUE;

    @Override
    public int recordEnd(byte[] bytes, int start, int scanned, int end) {
      int found = TextRecord.end(bytes, scanned, end);
      searched += (found < 0 ? end : found) - scanned;
      return found;
    }

    @Override
    public boolean onRecord(byte[] bytes, int start, int end) {
      records.add(new String(bytes, start, end - start, UTF_8));
      arrays.add(bytes);
      return records.size() < stopAfter;
    }
  }

  private final Collector collector = new Collector();

  /** Bytes in the middle of a larger array that is overwritten once they were taken. */
  private static byte[] feed(RecordBuffer buffer, String text) {
    byte[] content = text.getBytes(UTF_8);
    byte[] array = new byte[content.length + 7];
    Arrays.fill(array, TextRecord.SEPARATOR);
    System.arraycopy(content, 0, array, 3, content.length);
    ByteBuffer bytes = ByteBuffer.wrap(array, 1, content.length + 2).slice();
    bytes.position(2);
    try {
      buffer.feed(bytes);
      assertThat(bytes.hasRemaining()).isFalse();
    } finally {
      Arrays.fill(array, (byte) '!');
    }
    return array;
  }

  @Test
  void givesWholeRecordsInPlace() {
    RecordBuffer buffer = new RecordBuffer(collector, 0);

    byte[] array = feed(buffer, "a\u001ebc\u001e");

    assertThat(collector.records).containsExactly("a\u001e", "bc\u001e");
    assertThat(collector.arrays).allSatisfy(used -> assertThat(used).isSameAs(array));
    assertThat(buffer.isEmpty()).isTrue();
  }

  @Test
  void keepsOnlyTheStartOfARecordAndReadsWhatFollowsItInPlace() {
    RecordBuffer buffer = new RecordBuffer(collector, 0);

    feed(buffer, "a\u001eb");
    assertThat(buffer.isEmpty()).isFalse();
    String large = "d".repeat(2_000) + "\u001e";
    byte[] second = feed(buffer, "c\u001e" + large);

    assertThat(collector.records).containsExactly("a\u001e", "bc\u001e", large);
    assertThat(collector.arrays.getLast()).isSameAs(second);
    assertThat(buffer.isEmpty()).isTrue();
  }

  @Test
  void searchesEachByteOnceHoweverTheyArrive() {
    RecordBuffer buffer = new RecordBuffer(collector, 0);
    String record = "x".repeat(5_000) + "\u001e";

    record.chars().forEach(c -> feed(buffer, String.valueOf((char) c)));
    feed(buffer, "y".repeat(3_000));
    feed(buffer, "\u001ez");

    assertThat(collector.searched).isEqualTo(record.length() + 3_002);
  }

  @Test
  void stopsWhereTheReaderWantsToAndGoesOnFromThere() {
    RecordBuffer buffer = new RecordBuffer(collector, 3);
    collector.stopAfter = 1;

    feed(buffer, "a\u001eb\u001ec");
    assertThat(collector.records).containsExactly("a\u001e");
    assertThat(buffer.isEmpty()).isFalse();
    collector.stopAfter = 2;
    buffer.resume();
    assertThat(collector.records).containsExactly("a\u001e", "b\u001e");
    collector.stopAfter = 3;
    feed(buffer, "\u001ed");
    assertThat(collector.records).endsWith("c\u001e");
    collector.stopAfter = 9;
    feed(buffer, "\u001e");

    assertThat(collector.records).endsWith("d\u001e");
    assertThat(buffer.isEmpty()).isTrue();
  }

  @Test
  void forgetsAStartedRecordWhenTold() {
    RecordBuffer buffer = new RecordBuffer(collector, 0);

    feed(buffer, "lost");
    buffer.clear();
    feed(buffer, "a\u001e");

    assertThat(collector.records).containsExactly("a\u001e");
  }

  @Test
  void takesARecordOfTheMaximumSize() {
    RecordBuffer buffer = new RecordBuffer(collector, 4);

    feed(buffer, "abc\u001ea");
    feed(buffer, "bc");
    feed(buffer, "\u001e");

    assertThat(collector.records).containsExactly("abc\u001e", "abc\u001e");
  }

  @Test
  void refusesARecordThatIsOneByteTooLarge() {
    assertThatThrownBy(() -> feed(new RecordBuffer(collector, 4), "abcd\u001e"))
        .isInstanceOf(ProtocolException.class)
        .hasMessage(
            "The maximum message size of 4B was exceeded."
                + " The message size can be configured in AddHubOptions.");
  }

  @Test
  void waitsWithAsManyBytesAsARecordMayHaveAndRefusesOneMore() {
    RecordBuffer buffer = new RecordBuffer(collector, 4);

    feed(buffer, "abcd");

    assertThatThrownBy(() -> feed(buffer, "e")).isInstanceOf(ProtocolException.class);
  }

  @Test
  void refusesAMaximumBelowZero() {
    assertThatThrownBy(() -> new RecordBuffer(collector, -1))
        .hasMessage("maxSize: -1 (expected: >= 0)");
  }

  @Property
  void readsTheSameHoweverTheBytesAreSplit(
      @ForAll("texts") List<String> texts, @ForAll("sizes") List<Integer> sizes) {
    Collector own = new Collector();
    RecordBuffer buffer = new RecordBuffer(own, 600);
    String all = String.join("", texts);

    int start = 0;
    for (int i = 0; start < all.length(); i++) {
      int end = Math.min(all.length(), start + sizes.get(i % sizes.size()));
      own.stopAfter = own.records.size() + sizes.get(i % sizes.size()) % 5 + 1;
      feed(buffer, all.substring(start, end));
      start = end;
    }
    own.stopAfter = Integer.MAX_VALUE;
    buffer.resume();

    assertThat(own.records).isEqualTo(texts);
    assertThat(buffer.isEmpty()).isTrue();
    assertThat(own.searched).isLessThanOrEqualTo(all.length());
  }

  @Provide
  Arbitrary<List<String>> texts() {
    return Arbitraries.strings()
        .withCharRange('a', 'z')
        .ofMaxLength(599)
        .map(text -> text + "\u001e")
        .list()
        .ofMaxSize(30);
  }

  @Provide
  Arbitrary<List<Integer>> sizes() {
    return Arbitraries.integers().between(1, 700).list().ofMinSize(1).ofMaxSize(20);
  }
}
