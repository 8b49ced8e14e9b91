package dev.hubwire.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A client that takes from its socket what the test asks for, and no more. One per transport. */
abstract class PacedClient implements AutoCloseable {
  /** How long a test waits for anything. */
  static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final String SEPARATOR = "\u001e";
  private static final Pattern TOKEN = Pattern.compile("\"connectionToken\":\"([^\"]+)\"");

  /** Taken from the socket and not asked for: the rest of what came in one piece. */
  private final Queue<String> ahead = new ArrayDeque<>();

  /** The ways to connect. */
  enum Way {
    WEB_SOCKET,
    EVENTS,
    POLLS
  }

  /** Connects and shakes hands. */
  static PacedClient connect(Way way, int port, String path) {
    URI target = URI.create("http://127.0.0.1:" + port + path);
    PacedClient client =
        switch (way) {
          case WEB_SOCKET -> new OverWebSocket(target);
          case EVENTS -> new OverEvents(target);
          case POLLS -> new OverPolls(target);
        };
    client.send("{\"protocol\":\"json\",\"version\":1}");
    String answer = client.next();
    if (!answer.equals("{}")) {
      throw new IllegalStateException("handshake answered by " + answer);
    }
    return client;
  }

  /** Sends records, each without its separator, in one piece; waits until they were taken. */
  final void send(String... records) {
    write(String.join(SEPARATOR, records) + SEPARATOR);
  }

  /** The next record that is no ping, without its separator. */
  final String next() {
    while (true) {
      String record = ahead.poll();
      if (record == null) {
        ahead.addAll(List.of(read().split(SEPARATOR)));
      } else if (!record.isEmpty() && !record.equals("{\"type\":6}")) {
        return record;
      }
    }
  }

  abstract void write(String text);

  /** Whole records, as they came in one piece; or nothing. */
  abstract String read();

  @Override
  public abstract void close();

  private static final class OverWebSocket extends PacedClient implements WebSocket.Listener {
    private final HttpClient http = HttpClient.newHttpClient();
    private final BlockingQueue<String> pieces = new LinkedBlockingQueue<>();
    private final WebSocket socket;

    OverWebSocket(URI target) {
      socket =
          http.newWebSocketBuilder()
              .buildAsync(URI.create(target.toString().replace("http", "ws")), this)
              .join();
    }

    @Override
    public void onOpen(WebSocket opened) {
      // Nothing is read before it is asked for.
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      pieces.add(data.toString());
      return null;
    }

    @Override
    void write(String text) {
      socket.sendText(text, true).join();
    }

    @Override
    String read() {
      StringBuilder text = new StringBuilder();
      do {
        socket.request(1);
        text.append(await(pieces));
      } while (!text.toString().endsWith(SEPARATOR));
      return text.toString();
    }

    @Override
    public void close() {
      socket.abort();
      http.close();
    }
  }

  /** What the two transports over HTTP share. */
  private abstract static class OverHttp extends PacedClient {
    final HttpClient http = HttpClient.newHttpClient();
    final URI target;

    OverHttp(URI hub) {
      String negotiated = post(URI.create(hub + "/negotiate?negotiateVersion=1"), "");
      Matcher token = TOKEN.matcher(negotiated);
      if (!token.find()) {
        throw new IllegalStateException("negotiation answered by " + negotiated);
      }
      target = URI.create(hub + "?id=" + token.group(1));
    }

    @Override
    final void write(String text) {
      String unused = post(target, text);
    }

    private String post(URI to, String body) {
      return exchange(
              HttpRequest.newBuilder(to).POST(BodyPublishers.ofString(body)),
              BodyHandlers.ofString())
          .body();
    }

    final <T> HttpResponse<T> exchange(
        HttpRequest.Builder request, HttpResponse.BodyHandler<T> handler) {
      try {
        HttpResponse<T> response = http.send(request.timeout(PATIENCE).build(), handler);
        if (response.statusCode() / 100 != 2) {
          throw new IllegalStateException("answered by " + response.statusCode());
        }
        return response;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }

    @Override
    public void close() {
      http.shutdownNow();
    }
  }

  private static final class OverEvents extends OverHttp {
    private static final String DATA = "data: ";

    private final BufferedReader lines;

    OverEvents(URI hub) {
      super(hub);
      HttpRequest.Builder events =
          HttpRequest.newBuilder(target).header("Accept", "text/event-stream");
      lines =
          new BufferedReader(
              new InputStreamReader(exchange(events, BodyHandlers.ofInputStream()).body(), UTF_8));
    }

    @Override
    String read() {
      try {
        String line = lines.readLine();
        if (line == null) {
          throw new IllegalStateException("the stream has ended");
        }
        return line.startsWith(DATA) ? line.substring(DATA.length()) : "";
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static final class OverPolls extends OverHttp {
    OverPolls(URI hub) {
      super(hub);
      String unused = read();
    }

    @Override
    String read() {
      return exchange(HttpRequest.newBuilder(target), BodyHandlers.ofString()).body();
    }

    @Override
    public void close() {
      // Or the server waits for the next poll.
      HttpResponse<Void> unused =
          exchange(HttpRequest.newBuilder(target).DELETE(), BodyHandlers.discarding());
      super.close();
    }
  }

  private static <T> T await(BlockingQueue<T> queue) {
    try {
      T next = queue.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      if (next == null) {
        throw new AssertionError("nothing came in " + PATIENCE);
      }
      return next;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
