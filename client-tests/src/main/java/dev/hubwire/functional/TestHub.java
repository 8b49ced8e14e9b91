package dev.hubwire.functional;

import dev.hubwire.hub.ClientProxy;
import dev.hubwire.hub.Hub;
import dev.hubwire.hub.HubMethod;
import dev.hubwire.hub.StreamSource;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Flow;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The hub of {@code /testhub}. Methods have the names of the original, since error texts do. */
public final class TestHub extends Hub<ClientProxy> {
  @HubMethod("Echo")
  public String echo(String message) {
    return message;
  }

  @HubMethod("GetCallerConnectionId")
  public String getCallerConnectionId() {
    return context().connectionId();
  }

  @HubMethod("GetNumRedirects")
  public int getNumRedirects() {
    String redirects = context().queryParameter("numRedirects");
    return redirects == null ? 0 : Integer.parseInt(redirects);
  }

  @HubMethod("ThrowException")
  public void throwException(String message) {
    throw new InvalidOperationException(message);
  }

  @HubMethod("InvokeWithString")
  public void invokeWithString(String message) {
    self().send("Message", message);
  }

  @HubMethod("SendCustomObject")
  public void sendCustomObject(CustomObject object) {
    clients().caller().send("CustomObject", object);
  }

  @HubMethod("Stream")
  public Stream<String> stream() {
    return Stream.of("a", "b", "c");
  }

  /** Never has an item and never ends. Its client hears of the cancellation it asked for. */
  @HubMethod("InfiniteStream")
  public Flow.Publisher<String> infiniteStream() {
    ClientProxy caller = self();
    return subscriber ->
        subscriber.onSubscribe(
            new Flow.Subscription() {
              @Override
              public void request(long items) {}

              @Override
              public void cancel() {
                caller.send("StreamCanceled");
              }
            });
  }

  @HubMethod("StreamingConcat")
  public String streamingConcat(StreamSource<String> parts) {
    return String.join("", parts);
  }

  @HubMethod("EmptyStream")
  public Stream<Integer> emptyStream() {
    return Stream.empty();
  }

  /** Fails before there is a stream. */
  @HubMethod("StreamThrowException")
  public Stream<String> streamThrowException(String message) {
    throw new InvalidOperationException(message);
  }

  @HubMethod("GetActiveTransportName")
  public String getActiveTransportName() {
    return context().transport().wireName();
  }

  @HubMethod("EchoComplexObject")
  public ComplexObject echoComplexObject(ComplexObject object) {
    return object;
  }

  @HubMethod("SendComplexObject")
  public ComplexObject sendComplexObject() {
    return new ComplexObject(
        "hello world",
        List.of(1, 2, 3),
        new byte[] {1, 2, 3},
        UUID.fromString("00010203-0405-0607-0706-050403020100"),
        Instant.parse("2000-01-01T00:00:00Z"));
  }

  @HubMethod("GetHeader")
  public @Nullable String getHeader(String name) {
    return context().header(name);
  }

  @HubMethod("GetCookie")
  public @Nullable String getCookie(String name) {
    return context().cookie(name);
  }

  /** The caller by its id, which works after the call, too. */
  private ClientProxy self() {
    return clients().client(context().connectionId());
  }
}
