package dev.hubwire.transport.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class MaskingTest {
  @Property
  void undoesWhatTheStandardDescribes(
      @ForAll @Size(max = 70) byte[] clear,
      @ForAll int mask,
      @ForAll @IntRange(max = 9) int sourceOffset,
      @ForAll @IntRange(max = 9) int targetOffset) {
    byte[] key = ByteBuffer.allocate(4).putInt(mask).array();
    ByteBuffer source = ByteBuffer.allocateDirect(sourceOffset + clear.length + 1);
    for (int i = 0; i < clear.length; i++) {
      // RFC 6455 §5.3
      source.put(sourceOffset + i, (byte) (clear[i] ^ key[i % 4]));
    }
    source.position(sourceOffset);
    byte[] target = new byte[targetOffset + clear.length + 1];

    long seen = Masking.unmask(source, mask, target, targetOffset, clear.length);

    assertThat(Arrays.copyOfRange(target, targetOffset, targetOffset + clear.length))
        .isEqualTo(clear);
    assertThat(source.position()).isEqualTo(sourceOffset + clear.length);
    assertThat(target[target.length - 1]).as("the byte behind").isZero();
    assertThat(Utf8Validator.isAscii(seen)).isEqualTo(isAscii(clear));
  }

  @Property
  void goesOnWhereAPartEnded(
      @ForAll @Size(max = 40) byte[] masked,
      @ForAll int mask,
      @ForAll @IntRange(max = 40) int cut) {
    int first = Math.min(cut, masked.length);
    byte[] whole = new byte[masked.length];
    byte[] parts = new byte[masked.length];

    long unused = Masking.unmask(ByteBuffer.wrap(masked), mask, whole, 0, masked.length);
    ByteBuffer source = ByteBuffer.wrap(masked);
    unused |= Masking.unmask(source, mask, parts, 0, first);
    unused |=
        Masking.unmask(source, Masking.advance(mask, first), parts, first, masked.length - first);

    assertThat(parts).isEqualTo(whole);
    assertThat(Utf8Validator.isAscii(unused)).isEqualTo(isAscii(whole));
  }

  private static boolean isAscii(byte[] bytes) {
    for (byte value : bytes) {
      if (value < 0) {
        return false;
      }
    }
    return true;
  }
}
