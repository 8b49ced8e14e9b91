package dev.hubwire.transport.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hubwire.negotiation.TransferFormat;
import dev.hubwire.transport.CloseReason;
import dev.hubwire.transport.PayloadWriter;
import dev.hubwire.transport.SendResult;
import dev.hubwire.transport.SharedPayload;
import dev.hubwire.transport.SlowConsumerPolicy;
import dev.hubwire.transport.TransportConnection;
import dev.hubwire.transport.TransportListener;
import dev.hubwire.transport.TransportOptions;
import dev.hubwire.transport.buffer.BufferPool;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WebSocketConnectionTest {
  private static final byte[] MORE_THAN_SOCKETS_HOLD = new byte[32 * 1024 * 1024];

  private final BlockingQueue<TransportConnection> opened = new LinkedBlockingQueue<>();
  private final BlockingQueue<CloseReason> ends = new LinkedBlockingQueue<>();
  private final BufferPool pool = new BufferPool();
  private SocketServer server = start(options -> options);

  /** What a connection does with a piece of input; an echo unless a test says otherwise. */
  private volatile Reaction reaction = (connection, bytes) -> connection.send(payload(bytes));

  private interface Reaction {
    void to(TransportConnection connection, byte[] bytes);
  }

  @AfterEach
  void nothingIsLeft() {
    server.awaitNoConnections();
    server.close();
    assertThat(pool.outstanding()).isZero();
  }

  @Test
  void answersTheHandshakeWithTheKeyOfTheStandard() {
    try (RawSocket client = new RawSocket(server.port(), 0)) {
      client.write(RawSocket.handshake("Sec-WebSocket-Extensions: permessage-deflate\r\n"));
      assertThat(client.readHead())
          .contains("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")
          .doesNotContain("Extensions")
          .doesNotContain("Sec-WebSocket-Protocol");
    }
  }

  @Test
  void selectsASubprotocolWhereItIsToldTo() {
    restart(options -> options.subprotocolSelector(offered -> offered.getLast()));
    try (RawSocket client = new RawSocket(server.port(), 0)) {
      client.write(RawSocket.handshake("Sec-WebSocket-Protocol: one, two\r\n"));
      assertThat(client.readHead()).contains("Sec-WebSocket-Protocol: two\r\n");
    }
  }

  @Test
  void echoesFramesOfEveryLength() {
    try (RawSocket client = RawSocket.upgraded(server)) {
      for (int length : new int[] {1, 125, 126, 65_535, 65_536, 200_000}) {
        String text = "x".repeat(length);
        client.write(ClientFrame.text(text));
        assertThat(readText(client, length)).isEqualTo(text);
      }
    }
  }

  @Test
  void readsBytesThatCameWithTheHandshake() {
    try (RawSocket client = new RawSocket(server.port(), 0)) {
      ByteArrayOutputStream both = new ByteArrayOutputStream();
      both.writeBytes(RawSocket.handshake(""));
      both.writeBytes(ClientFrame.text("early").bytes());
      client.write(both.toByteArray());
      client.readHead();
      assertThat(client.read().text()).isEqualTo("early");
    }
  }

  @Test
  void answersAPingBetweenTheFragmentsOfAMessage() {
    try (RawSocket client = RawSocket.upgraded(server)) {
      client.write(ClientFrame.text("ab").notFinal());
      assertThat(client.read().text()).isEqualTo("ab");
      client.write(ClientFrame.ping("are you there"));
      RawSocket.Frame pong = client.read();
      assertThat(pong.opcode()).isEqualTo(Opcodes.PONG);
      assertThat(pong.text()).isEqualTo("are you there");
      client.write(ClientFrame.continuation("c"));
      assertThat(client.read().text()).isEqualTo("c");
    }
  }

  @Test
  void sendsBinaryFramesForBinaryPayloads() throws InterruptedException {
    try (RawSocket client = RawSocket.upgraded(server)) {
      PayloadWriter writer = new PayloadWriter(4);
      writer.write(new byte[] {1, 2, 3, 4});
      connection().send(SharedPayload.of(writer, TransferFormat.BINARY));
      RawSocket.Frame frame = client.read();
      assertThat(frame.opcode()).isEqualTo(Opcodes.BINARY);
      assertThat(frame.payload()).containsExactly(1, 2, 3, 4);
    }
  }

  @Test
  void answersACloseFrameWith1000AndEndsTheConnection() throws InterruptedException {
    try (RawSocket client = RawSocket.upgraded(server)) {
      client.write(ClientFrame.close(4_001, "bye"));
      assertThat(client.read().closeCode()).isEqualTo(1000);
      assertThat(client.isAtEnd()).isTrue();
      assertThat(end()).isEqualTo(CloseReason.CLIENT_CLOSED);
    }
  }

  @Test
  void writesWhatWasSentBeforeItCloses() throws InterruptedException {
    try (RawSocket client = RawSocket.upgraded(server)) {
      TransportConnection connection = connection();
      connection.send(payload("first".getBytes(UTF_8)));
      connection.send(payload("second".getBytes(UTF_8)));
      connection.close(CloseReason.SERVER_CLOSED);
      assertThat(client.read().text()).isEqualTo("first");
      assertThat(client.read().text()).isEqualTo("second");
      assertThat(client.read().closeCode()).isEqualTo(1000);
      client.write(ClientFrame.close(1000, ""));
      assertThat(client.isAtEnd()).isTrue();
      assertThat(end()).isEqualTo(CloseReason.SERVER_CLOSED);
    }
  }

  @Test
  void says1001WhenTheServerGoesAway() throws InterruptedException {
    try (RawSocket client = RawSocket.upgraded(server)) {
      connection();
      server.table().closeAll(CloseReason.SERVER_SHUTDOWN);
      assertThat(client.read().closeCode()).isEqualTo(1001);
      client.write(ClientFrame.close(1001, ""));
      assertThat(client.isAtEnd()).isTrue();
    }
  }

  @Test
  void cutsAClientThatDoesNotAnswerTheCloseFrame() throws InterruptedException {
    try (RawSocket client = RawSocket.upgraded(server)) {
      connection().close(CloseReason.SERVER_CLOSED);
      client.read();
      assertThat(server.connections()).isOne(); // asked in a turn after the one that wrote
      server.advance(Duration.ofSeconds(4));
      assertThat(server.connections()).isOne();
      server.advance(Duration.ofSeconds(2));
      assertThat(client.isAtEnd()).isTrue();
    }
  }

  @Test
  void closesWith1002OnAFrameThatIsNotMaskedAndReadsNoFurther() throws InterruptedException {
    try (RawSocket client = RawSocket.upgraded(server)) {
      client.write(new byte[] {(byte) 0x81, 1, 'x'});
      client.write(ClientFrame.text("ignored"));
      assertThat(client.read().closeCode()).isEqualTo(1002);
      assertThat(client.isAtEnd()).isTrue();
      assertThat(end()).isEqualTo(CloseReason.TRANSPORT_ERROR);
    }
  }

  @Test
  void closesWith1009OnTheHeaderOfAFrameThatIsTooLong() {
    restart(options -> options.maxFrameBytes(1_000));
    try (RawSocket client = RawSocket.upgraded(server)) {
      byte[] frame = ClientFrame.text("x".repeat(1_001)).bytes();
      client.write(Arrays.copyOf(frame, 8));
      assertThat(client.read().closeCode()).isEqualTo(1009);
    }
  }

  @Test
  void closesWith1011WhenItsListenerFails() throws InterruptedException {
    reaction =
        (connection, bytes) -> {
          throw new IllegalStateException("a listener that fails");
        };
    try (RawSocket client = RawSocket.upgraded(server)) {
      client.write(ClientFrame.text("x"));
      assertThat(client.read().closeCode()).isEqualTo(1011);
      assertThat(end()).isEqualTo(CloseReason.APPLICATION_ERROR);
    }
  }

  @Test
  void noticesAClientThatIsGone() throws InterruptedException {
    try (RawSocket reset = RawSocket.upgraded(server);
        RawSocket halfClosed = RawSocket.upgraded(server)) {
      reset.reset();
      assertThat(end()).isEqualTo(CloseReason.CLIENT_GONE);
      halfClosed.shutdownOutput();
      assertThat(end()).isEqualTo(CloseReason.CLIENT_GONE);
      assertThat(halfClosed.isAtEnd()).isTrue();
    }
  }

  @Test
  void cutsWithoutACloseFrameWhenItIsAborted() throws InterruptedException {
    try (RawSocket client = RawSocket.upgraded(server)) {
      connection().abort(CloseReason.ABORTED);
      assertThat(client.isAtEnd()).isTrue();
      assertThat(end()).isEqualTo(CloseReason.ABORTED);
    }
  }

  @Test
  void deliversNothingWhilePausedAndLosesNothing() throws InterruptedException {
    BlockingQueue<String> received = new LinkedBlockingQueue<>();
    reaction =
        (connection, bytes) -> {
          received.add(new String(bytes, UTF_8));
          connection.pauseReads();
        };
    try (RawSocket client = RawSocket.upgraded(server)) {
      ByteArrayOutputStream frames = new ByteArrayOutputStream();
      for (String text : new String[] {"one", "two", "three"}) {
        frames.writeBytes(ClientFrame.text(text).bytes());
      }
      client.write(frames.toByteArray());
      TransportConnection connection = connection();
      for (String text : new String[] {"one", "two", "three"}) {
        assertThat(received.poll(10, TimeUnit.SECONDS)).isEqualTo(text);
        assertThat(received).isEmpty();
        connection.lane().execute(connection::resumeReads);
      }
    }
  }

  @Test
  void aSenderWaitsForAClientThatDoesNotRead() throws InterruptedException {
    try (RawSocket client = slowClient()) {
      TransportConnection connection = connection();
      assertThat(connection.send(payload(MORE_THAN_SOCKETS_HOLD))).isEqualTo(SendResult.CONGESTED);
      Thread waiting =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      connection.awaitWritable();
                      connection.send(payload("last".getBytes(UTF_8)));
                    } catch (InterruptedException e) {
                      Thread.currentThread().interrupt();
                    }
                  });
      assertThat(client.read().payload()).hasSize(MORE_THAN_SOCKETS_HOLD.length);
      assertThat(client.read().text()).isEqualTo("last");
      waiting.join();
    }
  }

  @Test
  void cutsAClientThatTakesNothingForTheSendTimeout() throws InterruptedException {
    try (RawSocket client = slowClient()) {
      connection().send(payload(MORE_THAN_SOCKETS_HOLD));
      server.advance(Duration.ofSeconds(9));
      assertThat(server.connections()).isOne();
      // The kernel may still take some between two looks, which counts as progress.
      SocketServer.await(
          () -> {
            server.advance(Duration.ofSeconds(11));
            return server.connections() == 0;
          });
      assertThat(end()).isEqualTo(CloseReason.SEND_TIMEOUT);
      client.reset();
    }
  }

  @Test
  void closesASlowConsumerWhereThePolicySaysSo() throws InterruptedException {
    restart(options -> options.slowConsumerPolicy(SlowConsumerPolicy.CLOSE));
    try (RawSocket client = slowClient()) {
      TransportConnection connection = connection();
      assertThat(connection.send(payload(MORE_THAN_SOCKETS_HOLD))).isEqualTo(SendResult.ACCEPTED);
      assertThat(connection.send(payload("more".getBytes(UTF_8)))).isEqualTo(SendResult.CLOSED);
      assertThat(end()).isEqualTo(CloseReason.SLOW_CONSUMER);
      client.reset();
    }
  }

  @Test
  void oneBrokenClientLeavesOthersAlone() {
    try (RawSocket healthy = RawSocket.upgraded(server)) {
      for (int i = 0; i < 50; i++) {
        try (RawSocket broken = RawSocket.upgraded(server)) {
          broken.write(new byte[] {(byte) 0xff, (byte) 0xff, (byte) i});
          assertThat(broken.read().closeCode()).isEqualTo(1002);
        }
      }
      healthy.write(ClientFrame.text("still here"));
      assertThat(healthy.read().text()).isEqualTo("still here");
    }
  }

  private SocketServer start(UnaryOperator<TransportOptions.Builder> configure) {
    return new SocketServer(this::open, configure.apply(TransportOptions.builder()).build());
  }

  private void restart(UnaryOperator<TransportOptions.Builder> configure) {
    server.close();
    server = start(configure);
  }

  private TransportListener open(TransportConnection connection) {
    opened.add(connection);
    return new TransportListener() {
      @Override
      public void onReceived(ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        reaction.to(connection, copy);
      }

      @Override
      public void onClosed(CloseReason reason, @Nullable Throwable cause) {
        ends.add(reason);
      }
    };
  }

  private TransportConnection connection() throws InterruptedException {
    TransportConnection connection = opened.poll(10, TimeUnit.SECONDS);
    assertThat(connection).isNotNull();
    return Objects.requireNonNull(connection);
  }

  private @Nullable CloseReason end() throws InterruptedException {
    return ends.poll(10, TimeUnit.SECONDS);
  }

  private RawSocket slowClient() {
    RawSocket client = new RawSocket(server.port(), 4_096);
    client.write(RawSocket.handshake(""));
    client.readHead();
    return client;
  }

  private static String readText(RawSocket client, int length) {
    StringBuilder text = new StringBuilder();
    while (text.length() < length) {
      text.append(client.read().text());
    }
    return text.toString();
  }

  private SharedPayload payload(byte[] content) {
    PayloadWriter writer = new PayloadWriter(content.length);
    writer.write(content);
    return SharedPayload.pooled(writer, TransferFormat.TEXT, pool);
  }
}
