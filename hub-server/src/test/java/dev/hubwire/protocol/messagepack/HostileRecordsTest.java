package dev.hubwire.protocol.messagepack;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.hubwire.protocol.HubMessage;
import dev.hubwire.protocol.HubMessage.Invocation;
import dev.hubwire.protocol.HubMessage.InvocationBindingFailure;
import dev.hubwire.protocol.InvocationBinder.Target;
import dev.hubwire.transport.PayloadWriter;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a record of the usual maximum size can cost. */
final class HostileRecordsTest {
  record Node(@Nullable List<Node> children, @Nullable Node next) {}

  private static final int SIZE = 32_000;

  /** Enough for what a record holds, far from what its headers announce. */
  private static final long ALLOWED_BYTES = 4_000_000;

  private final MessagePackHubProtocol protocol = new MessagePackHubProtocol();

  private @Nullable HubMessage call(byte[] argument, Type type) {
    PayloadWriter record = new PayloadWriter(SIZE);
    record.write(new byte[] {(byte) 0x95, 1, (byte) 0x80, (byte) 0xc0, (byte) 0xa1, 't'});
    record.write(0x91);
    record.write(argument);
    LengthPrefix.insert(record, 0);
    byte[] bytes = record.toByteArray();
    return protocol.read(bytes, 0, bytes.length, TestBinder.of(new Target("t", List.of(type))));
  }

  /** The same header on every level, with as many elements as there are bytes behind it. */
  private static byte[] nested(int code, int levels) {
    byte[] bytes = new byte[SIZE];
    for (int level = 0; level < levels; level++) {
      int position = 3 * level;
      int announced = (SIZE - position - 3) / (code == 0xde ? 2 : 1);
      bytes[position] = (byte) code;
      bytes[position + 1] = (byte) (announced >> Byte.SIZE);
      bytes[position + 2] = (byte) announced;
    }
    return bytes;
  }

  @ParameterizedTest
  @ValueSource(classes = {Object.class, Object[].class, List.class})
  void manyElementsOnEveryLevelAreNotGivenRoomInAdvance(Class<?> type) {
    byte[] arrays = nested(0xdc, 499);
    call(arrays, type);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    long before = threads.getCurrentThreadAllocatedBytes();
    HubMessage message = call(arrays, type);
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;

    assertThat(message).isInstanceOf(InvocationBindingFailure.class);
    assertThat(allocated).isLessThan(ALLOWED_BYTES);
  }

  @Test
  void manyEntriesOnEveryLevelAreNotGivenRoomInAdvance() {
    assertThat(call(nested(0xde, 499), Object.class)).isInstanceOf(InvocationBindingFailure.class);
  }

  @Test
  void textsAndBytesThatAreAnnouncedMustBeThere() {
    for (int code : new int[] {0xdb, 0xc6, 0xc9, 0xdd, 0xdf}) {
      byte[] bytes = {(byte) code, 0x7f, -1, -1, -1, -1, 0, 0};
      for (Type type : List.of(Object.class, String.class, byte[].class, int[].class)) {
        assertThat(call(bytes, type)).isInstanceOf(InvocationBindingFailure.class);
      }
    }
  }

  @Test
  void theDeepestValuesNeedLittleStack() throws InterruptedException {
    PayloadWriter lists = new PayloadWriter(SIZE);
    PayloadWriter records = new PayloadWriter(SIZE);
    for (int level = 0; level < 499; level++) {
      lists.write(0x91);
      records.write(new byte[] {(byte) 0x81, (byte) 0xa4, 'N', 'e', 'x', 't'});
    }
    lists.write(0x90);
    records.write(0x80);
    PayloadWriter written = new PayloadWriter(SIZE);

    Thread small =
        new Thread(
            null,
            () -> {
              protocol.write(invocation(call(lists.toByteArray(), Object.class)), written);
              protocol.write(invocation(call(records.toByteArray(), Node.class)), written);
            },
            "small stack",
            512 << 10);
    small.start();
    small.join();

    assertThat(written.size()).isGreaterThan(lists.size() + records.size());
  }

  private static Invocation invocation(@Nullable HubMessage message) {
    assertThat(message).isInstanceOf(Invocation.class);
    return (Invocation) Objects.requireNonNull(message);
  }
}
