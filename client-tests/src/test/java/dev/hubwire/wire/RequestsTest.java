package dev.hubwire.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hubwire.conformance.ServerUnderTest;
import dev.hubwire.wire.HttpSocket.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Requests of every kind, odd ones first, and what ASP.NET Core 10.0.12 answered to them: status,
 * content type, body and the headers that mean something to clients ({@code requests.json}).
 */
class RequestsTest {
  private static final String HANDSHAKE = "{\"protocol\":\"json\",\"version\":1}\u001e";
  private static final List<String> EVENTS = List.of("Accept: text/event-stream");
  private static final List<String> UPGRADE =
      List.of(
          "Connection: Upgrade",
          "Upgrade: websocket",
          "Sec-WebSocket-Version: 13",
          "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==");
  private static final Pattern TOKEN = Pattern.compile("\"connectionToken\":\"([^\"]*)\"");
  private static final Pattern NAMES = Pattern.compile("(\"connection(?:Id|Token)\":\")[^\"]*");

  private static ServerUnderTest server;

  /** What is sent when a connection is in some state, and what comes back. */
  record Case(
      String endpoint,
      String state,
      String method,
      String target,
      List<String> headers,
      String body,
      Expected expect) {
    String name() {
      return "%s %s %s %s".formatted(state, method, target, headers);
    }
  }

  record Expected(
      int status, @Nullable String contentType, String body, Map<String, String> headers) {}

  @BeforeAll
  static void start() throws IOException {
    server = ServerUnderTest.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @TestFactory
  Stream<DynamicTest> areAnsweredAsTheReferenceAnswersThem() throws IOException {
    try (InputStream file = RequestsTest.class.getResourceAsStream("/wire/requests.json")) {
      List<Case> cases =
          new JsonMapper()
              .readValue(Objects.requireNonNull(file), new TypeReference<List<Case>>() {});
      assertThat(cases).hasSizeGreaterThan(150);
      return cases.stream().map(one -> DynamicTest.dynamicTest(one.name(), () -> play(one)));
    }
  }

  private static void play(Case played) throws IOException {
    List<HttpSocket> held = new ArrayList<>();
    try {
      String token = played.state().equals("none") ? "" : prepare(played, held);
      HttpSocket socket = open(held);
      Answer answer =
          socket.send(
              played.method(),
              played.target().replace("{id}", token),
              played.headers(),
              played.body());
      assertThat(observed(answer, played.expect())).isEqualTo(played.expect());
    } finally {
      for (HttpSocket socket : held) {
        socket.close();
      }
    }
  }

  /** The answer in the form of what is expected of it. */
  private static Expected observed(Answer answer, Expected expected) {
    Map<String, String> headers = new TreeMap<>();
    for (String name :
        List.of(
            "cache-control",
            "pragma",
            "expires",
            "sec-websocket-accept",
            "upgrade",
            "content-encoding",
            "allow")) {
      if (answer.headers().containsKey(name)) {
        headers.put(name, answer.headers().get(name));
      }
    }
    return new Expected(
        answer.status(),
        answer.headers().get("content-type"),
        NAMES.matcher(answer.body()).replaceAll("$1*"),
        headers.equals(expected.headers()) ? expected.headers() : headers);
  }

  /** Brings a connection into the state that a case begins with, and returns its token. */
  private static String prepare(Case played, List<HttpSocket> held) throws IOException {
    Answer negotiated =
        once("POST", played.endpoint() + "/negotiate?negotiateVersion=1", List.of(), "");
    Matcher token = TOKEN.matcher(negotiated.body());
    assertThat(token.find()).as(negotiated.body()).isTrue();
    String target = played.endpoint() + "?id=" + token.group(1);
    switch (played.state()) {
      case "negotiated" -> {}
      case "sse" -> open(held).send("GET", target, EVENTS, "");
      case "ws" -> open(held).send("GET", target, UPGRADE, "");
      case "lp" -> once("GET", target, List.of(), "");
      case "lp-answered" -> {
        once("GET", target, List.of(), "");
        once("POST", target, List.of(), HANDSHAKE);
      }
      case "lp-deleted" -> {
        once("GET", target, List.of(), "");
        once("DELETE", target, List.of(), "");
        awaitGone(target);
      }
      default -> throw new AssertionError("state: " + played.state());
    }
    return token.group(1);
  }

  private static void awaitGone(String target) throws IOException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (once("DELETE", target, List.of(), "").status() != 404) {
      assertThat(System.nanoTime()).as("time is up").isLessThan(deadline);
    }
  }

  private static HttpSocket open(List<HttpSocket> held) throws IOException {
    HttpSocket socket = new HttpSocket(server.url());
    held.add(socket);
    return socket;
  }

  private static Answer once(String method, String target, List<String> headers, String body)
      throws IOException {
    try (HttpSocket socket = new HttpSocket(server.url())) {
      return socket.send(method, target, headers, body);
    }
  }
}
