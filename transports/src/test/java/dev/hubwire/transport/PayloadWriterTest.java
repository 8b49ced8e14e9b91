package dev.hubwire.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class PayloadWriterTest {
  private final PayloadWriter writer = new PayloadWriter(4);

  @Test
  void growsAsItIsWritten() {
    writer.write(new byte[] {1, 2, 3});
    writer.write(new byte[] {4, 5, 6, 7}, 1, 2);
    writer.write(8);

    assertThat(writer.toByteArray()).containsExactly(1, 2, 3, 5, 6, 8);
    assertThat(writer.size()).isEqualTo(6);
  }

  @Test
  void putsBytesInBetween() {
    writer.write(new byte[] {1, 2, 3, 4});

    writer.insert(1, new byte[] {9, 7, 8, 9}, 1, 2);
    writer.insert(0, new byte[] {0}, 0, 1);
    writer.insert(7, new byte[] {5}, 0, 1);

    assertThat(writer.toByteArray()).containsExactly(0, 1, 7, 8, 2, 3, 4, 5);
  }

  @Test
  void putsNothingOutsideOfWhatWasWritten() {
    writer.write(1);

    assertThatThrownBy(() -> writer.insert(2, new byte[] {5}, 0, 1))
        .hasMessage("index: 2 (expected: 0 to 1)");
    assertThatThrownBy(() -> writer.insert(-1, new byte[] {5}, 0, 1))
        .hasMessage("index: -1 (expected: 0 to 1)");
  }

  @Test
  void forgetsTheEndOrAll() {
    writer.write(new byte[] {1, 2, 3});

    writer.truncate(1);
    assertThat(writer.toByteArray()).containsExactly(1);
    writer.reset();
    assertThat(writer.toByteArray()).isEmpty();
    assertThatThrownBy(() -> writer.truncate(1)).hasMessage("size: 1 (expected: 0 to 0)");
  }
}
