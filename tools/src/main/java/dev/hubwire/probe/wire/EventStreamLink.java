package dev.hubwire.probe.wire;

import dev.hubwire.negotiation.token.ConnectionToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A stream of events from the server, and a POST for each batch to it. */
public final class EventStreamLink implements Link {
  private static final String DATA = "data:";

  private final Visitor visitor;
  private final ConnectionToken token;
  private final HttpClient connection;
  private final Arrivals arrivals = new Arrivals();
  private final CompletableFuture<Head> head = new CompletableFuture<>();

  /** The line that is not whole yet, and the data of the event that is not. Owned by the reader. */
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();

  private @Nullable StringBuilder event;

  private final long start;

  /** How the response begins, before any byte of its body. */
  public record Head(int status, HttpHeaders headers, Duration took) {}

  private EventStreamLink(Visitor visitor, ConnectionToken token) {
    this.visitor = visitor;
    this.token = token;
    this.connection = visitor.connection();
    this.start = visitor.network().nanoTime().getAsLong();
  }

  /** Asks for the stream, without waiting for an answer. */
  public static EventStreamLink open(Visitor visitor, ConnectionToken token) {
    URI uri = visitor.destination().connection(token);
    return open(visitor, token, visitor.request(uri));
  }

  /** The same with a request of one's own, to which the header that asks for events is added. */
  public static EventStreamLink open(
      Visitor visitor, ConnectionToken token, HttpRequest.Builder request) {
    EventStreamLink link = new EventStreamLink(visitor, token);
    link.begin(request.header("Accept", "text/event-stream").GET().build());
    return link;
  }

  private void begin(HttpRequest request) {
    BodyHandler<Void> chunks = BodyHandlers.ofByteArrayConsumer(this::onChunk);
    BodyHandler<Void> withHead =
        info -> {
          Duration took = visitor.network().since(start);
          head.complete(new Head(info.statusCode(), info.headers(), took));
          return chunks.apply(info);
        };
    CompletableFuture<?> unused =
        connection
            .sendAsync(request, withHead)
            .whenComplete(
                (response, failure) -> {
                  if (failure != null) {
                    head.completeExceptionally(failure);
                    arrivals.ended("the response was cut (" + failure.getMessage() + ")");
                  }
                });
  }

  /** The beginning of the response, or null if it is not there in time. */
  public @Nullable Head head(Duration limit) throws IOException, InterruptedException {
    try {
      return head.get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      return null;
    } catch (ExecutionException e) {
      throw Visitor.asIoException(e);
    }
  }

  @Override
  public void send(byte[] bytes) throws IOException, InterruptedException {
    visitor.deliver(token, bytes);
  }

  /** The data of the next event; a comment is empty data. */
  @Override
  public Received receive(Duration limit) throws InterruptedException {
    return arrivals.take(limit);
  }

  @Override
  public void close() {
    connection.shutdownNow();
  }

  private void onChunk(Optional<byte[]> chunk) {
    if (chunk.isEmpty()) {
      arrivals.ended("the response ended");
      return;
    }
    for (byte one : chunk.get()) {
      if (one != '\n') {
        line.write(one);
        continue;
      }
      String text = line.toString(StandardCharsets.UTF_8);
      onLine(text.endsWith("\r") ? text.substring(0, text.length() - 1) : text);
      line.reset();
    }
  }

  private void onLine(String text) {
    if (text.startsWith(":")) {
      arrivals.data(ByteBuffer.allocate(0));
    } else if (text.startsWith(DATA)) {
      String value = text.substring(DATA.length());
      String data = value.startsWith(" ") ? value.substring(1) : value;
      event = event == null ? new StringBuilder(data) : event.append('\n').append(data);
    } else if (text.isEmpty() && event != null) {
      arrivals.data(StandardCharsets.UTF_8.encode(event.toString()));
      event = null;
    }
  }
}
