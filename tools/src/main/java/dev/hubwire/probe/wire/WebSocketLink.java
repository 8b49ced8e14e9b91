package dev.hubwire.probe.wire;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpTimeoutException;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A WebSocket. */
public final class WebSocketLink implements Link {
  private final HttpClient connection;
  private final WebSocket socket;
  private final Arrivals arrivals;
  private final boolean binary;
  private final Duration timeout;

  private WebSocketLink(Way way, WebSocket socket, Arrivals arrivals, boolean binary) {
    this.connection = way.connection;
    this.socket = socket;
    this.arrivals = arrivals;
    this.binary = binary;
    this.timeout = way.timeout;
  }

  private record Way(HttpClient connection, Duration timeout) {}

  /**
   * Opens one.
   *
   * @param uri {@code http} or {@code https}
   * @param headers beside those of the handshake
   * @param binary whether to send binary messages
   * @throws UpgradeRefusedException if the handshake is answered with anything but 101
   */
  public static WebSocketLink open(
      Visitor visitor, URI uri, Map<String, String> headers, boolean binary)
      throws IOException, InterruptedException {
    Duration timeout = visitor.network().timeout();
    Way way = new Way(visitor.connection(), timeout);
    WebSocket.Builder handshake = way.connection.newWebSocketBuilder().connectTimeout(timeout);
    headers.forEach(handshake::header);
    var arrivals = new Arrivals();
    CompletableFuture<WebSocket> opening =
        handshake.buildAsync(Destination.webSocket(uri), new Receiver(arrivals));
    boolean open = false;
    try {
      WebSocket socket = opening.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
      open = true;
      return new WebSocketLink(way, socket, arrivals, binary);
    } catch (TimeoutException e) {
      throw new HttpTimeoutException("no answer within " + Visitor.words(timeout));
    } catch (ExecutionException e) {
      if (e.getCause() instanceof WebSocketHandshakeException refused
          && refused.getResponse().statusCode() != 101) {
        throw new UpgradeRefusedException(
            refused.getResponse().statusCode(),
            refused.getResponse().headers().firstValue("Location").orElse(""));
      }
      throw Visitor.asIoException(e);
    } finally {
      if (!open) {
        way.connection.shutdownNow();
      }
    }
  }

  @Override
  public void send(byte[] bytes) throws IOException, InterruptedException {
    CompletableFuture<WebSocket> sent =
        binary
            ? socket.sendBinary(ByteBuffer.wrap(bytes), true)
            : socket.sendText(new String(bytes, StandardCharsets.UTF_8), true);
    try {
      sent.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new HttpTimeoutException("not taken within " + Visitor.words(timeout));
    } catch (ExecutionException e) {
      throw Visitor.asIoException(e);
    }
  }

  @Override
  public Received receive(Duration limit) throws InterruptedException {
    return arrivals.take(limit);
  }

  @Override
  public void close() {
    socket.abort();
    connection.shutdownNow();
  }

  /** Passes on what comes. */
  private record Receiver(Arrivals arrivals) implements WebSocket.Listener {
    @Override
    public @Nullable CompletionStage<?> onText(
        WebSocket webSocket, CharSequence data, boolean last) {
      arrivals.data(StandardCharsets.UTF_8.encode(data.toString()));
      webSocket.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(
        WebSocket webSocket, ByteBuffer data, boolean last) {
      arrivals.data(data);
      webSocket.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(
        WebSocket webSocket, int statusCode, String reason) {
      arrivals.ended(
          statusCode == 1006
              ? "cut without a close frame"
              : "close frame " + statusCode + (reason.isEmpty() ? "" : " '" + reason + "'"));
      return null;
    }

    @Override
    public void onError(WebSocket webSocket, Throwable error) {
      arrivals.ended("cut (" + error.getMessage() + ")");
    }
  }
}
