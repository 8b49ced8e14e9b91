package dev.hubwire.conformance;

import dev.hubwire.hub.Cancellation;
import dev.hubwire.hub.ClientProxy;
import dev.hubwire.hub.HubException;
import dev.hubwire.hub.HubMethod;
import dev.hubwire.hub.StreamSource;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * The hub of {@code /conformance} and its siblings. Every method does one thing that a client can
 * check from outside. Methods have the names of the .NET original, since error texts name them.
 */
public final class ConformanceHub extends NodeHub {
  private static final String RECEIVE = "receive";
  private static final String ANSWER = "answer";

  ConformanceHub(Node node) {
    super(node);
  }

  @Override
  public void onConnected() {
    node().connected().incrementAndGet();
    if ("1".equals(context().queryParameter("welcome"))) {
      clients().caller().send("welcome", context().connectionId());
    }
  }

  @Override
  public void onDisconnected(@Nullable Throwable error) {
    node().disconnected().incrementAndGet();
  }

  @HubMethod("ConnectedCount")
  public int connectedCount() {
    return node().connected().get();
  }

  @HubMethod("DisconnectedCount")
  public int disconnectedCount() {
    return node().disconnected().get();
  }

  @HubMethod("NodeName")
  public String nodeName() {
    return node().name();
  }

  // Values there and back.

  @HubMethod("Echo")
  public @Nullable String echo(@Nullable String value) {
    return value;
  }

  @HubMethod("EchoInt")
  public int echoInt(int value) {
    return value;
  }

  @HubMethod("EchoLong")
  public long echoLong(long value) {
    return value;
  }

  @HubMethod("EchoDouble")
  public double echoDouble(double value) {
    return value;
  }

  @HubMethod("EchoBool")
  public boolean echoBool(boolean value) {
    return value;
  }

  @HubMethod("EchoBytes")
  public byte @Nullable [] echoBytes(byte @Nullable [] value) {
    return value;
  }

  @HubMethod("EchoDate")
  public @Nullable Instant echoDate(@Nullable Instant value) {
    return value;
  }

  @HubMethod("EchoList")
  public @Nullable List<String> echoList(@Nullable List<String> value) {
    return value;
  }

  @HubMethod("EchoMap")
  public @Nullable Map<String, Integer> echoMap(@Nullable Map<String, Integer> value) {
    return value;
  }

  @HubMethod("EchoObject")
  public @Nullable ComplexObject echoObject(@Nullable ComplexObject value) {
    return value;
  }

  // Calls and their failures.

  @HubMethod("Add")
  public int add(int a, int b) {
    return a + b;
  }

  @HubMethod("Nothing")
  public void nothing() {}

  @HubMethod("Throw")
  public void fail(String message) {
    throw new IllegalStateException(message);
  }

  @HubMethod("ThrowHubException")
  public void throwHubException(String message) {
    throw new HubException(message);
  }

  /** Answers with the delay, in milliseconds, after it. */
  @HubMethod("Delay")
  public CompletionStage<Integer> delay(int milliseconds) {
    return new CompletableFuture<Integer>()
        .completeOnTimeout(milliseconds, milliseconds, TimeUnit.MILLISECONDS);
  }

  @HubMethod("ManyArguments")
  public String manyArguments(String a, int b, boolean c, String d) {
    return a + "|" + b + "|" + c + "|" + d;
  }

  @HubMethod("DefaultedNull")
  public String defaultedNull(@Nullable String a) {
    return a == null ? "null" : a;
  }

  @HubMethod("Renamed")
  public String declaredName() {
    return "renamed";
  }

  // Messages to clients.

  @HubMethod("Broadcast")
  public void broadcast(String message) {
    clients().all().send(RECEIVE, message);
  }

  @HubMethod("BroadcastExcept")
  public void broadcastExcept(String message, List<String> connectionIds) {
    clients().allExcept(connectionIds).send(RECEIVE, message);
  }

  @HubMethod("SendToCaller")
  public void sendToCaller(String message) {
    clients().caller().send(RECEIVE, message);
  }

  @HubMethod("SendToOthers")
  public void sendToOthers(String message) {
    clients().others().send(RECEIVE, message);
  }

  @HubMethod("SendToConnection")
  public void sendToConnection(String connectionId, String message) {
    clients().client(connectionId).send(RECEIVE, message);
  }

  @HubMethod("SendToConnections")
  public void sendToConnections(List<String> connectionIds, String message) {
    clients().clients(connectionIds).send(RECEIVE, message);
  }

  @HubMethod("SendToUser")
  public void sendToUser(String user, String message) {
    clients().user(user).send(RECEIVE, message);
  }

  @HubMethod("SendToUsers")
  public void sendToUsers(List<String> users, String message) {
    clients().users(users).send(RECEIVE, message);
  }

  @HubMethod("SendObjectToCaller")
  public void sendObjectToCaller() {
    ClientProxy caller = clients().caller();
    caller.send("receiveObject", new ComplexObject("n", 1, List.of("x"), null));
  }

  // Groups.

  @HubMethod("JoinGroup")
  public void joinGroup(String group) {
    groups().add(context().connectionId(), group);
  }

  @HubMethod("LeaveGroup")
  public void leaveGroup(String group) {
    groups().remove(context().connectionId(), group);
  }

  @HubMethod("AddToGroup")
  public void addToGroup(String connectionId, String group) {
    groups().add(connectionId, group);
  }

  @HubMethod("RemoveFromGroup")
  public void removeFromGroup(String connectionId, String group) {
    groups().remove(connectionId, group);
  }

  @HubMethod("SendToGroup")
  public void sendToGroup(String group, String message) {
    clients().group(group).send(RECEIVE, message);
  }

  @HubMethod("SendToGroups")
  public void sendToGroups(List<String> groups, String message) {
    clients().groups(groups).send(RECEIVE, message);
  }

  @HubMethod("SendToGroupExcept")
  public void sendToGroupExcept(String group, String message, List<String> connectionIds) {
    clients().groupExcept(group, connectionIds).send(RECEIVE, message);
  }

  @HubMethod("SendToOthersInGroup")
  public void sendToOthersInGroup(String group, String message) {
    clients().othersInGroup(group).send(RECEIVE, message);
  }

  // Streams.

  @HubMethod("Counter")
  public Stream<Integer> counter(int count, int delayMs) {
    return IntStream.range(0, count).peek(unused -> pause(delayMs)).boxed();
  }

  @HubMethod("FailingCounter")
  public Stream<Integer> failingCounter(int count) {
    return Stream.concat(
        counter(count, 0),
        Stream.generate(
            () -> {
              throw new IllegalStateException("stream broke");
            }));
  }

  /** Ends only by being cancelled. */
  @HubMethod("InfiniteCounter")
  public Stream<Integer> infiniteCounter(int delayMs) {
    return Stream.iterate(0, last -> last + 1)
        .peek(unused -> pause(Math.max(delayMs, 1)))
        .onClose(node().cancelledStreams()::incrementAndGet);
  }

  @HubMethod("CancelledStreams")
  public int cancelledStreams() {
    return node().cancelledStreams().get();
  }

  @HubMethod("Upload")
  public int upload(StreamSource<String> items) {
    int count = 0;
    for (String unused : items) {
      count++;
    }
    return count;
  }

  @HubMethod("UploadSum")
  public int uploadSum(StreamSource<Integer> items, int start) {
    int sum = start;
    for (int item : items) {
      sum += item;
    }
    return sum;
  }

  @HubMethod("EchoStream")
  public Stream<String> echoStream(StreamSource<String> items) {
    return StreamSupport.stream(items.spliterator(), false);
  }

  @HubMethod("TwoStreams")
  public int twoStreams(StreamSource<Integer> a, StreamSource<Integer> b) {
    return uploadSum(b, uploadSum(a, 0));
  }

  /** Answers with the delay, in milliseconds, after it, unless it is cancelled before. */
  @HubMethod("CancellableDelay")
  public CompletionStage<Integer> cancellableDelay(int milliseconds, Cancellation cancellation) {
    CompletableFuture<Integer> result =
        new CompletableFuture<Integer>()
            .completeOnTimeout(milliseconds, milliseconds, TimeUnit.MILLISECONDS);
    cancellation.onCancel(
        () -> {
          node().cancelledCalls().incrementAndGet();
          result.completeExceptionally(new CancellationException("the delay was cancelled"));
        });
    return result;
  }

  @HubMethod("CancelledCount")
  public int cancelledCount() {
    return node().cancelledCalls().get();
  }

  private static void pause(int millis) {
    if (millis == 0) {
      return;
    }
    try {
      var unused =
          new CompletableFuture<@Nullable Void>()
              .completeOnTimeout(null, millis, TimeUnit.MILLISECONDS)
              .get();
    } catch (InterruptedException | ExecutionException e) {
      throw new CancellationException("cancelled while waiting for the next number");
    }
  }

  // Clients that are asked.

  @HubMethod("AskCaller")
  public String askCaller(String question) {
    return clients().caller().invokeAndWait(ANSWER, String.class, question);
  }

  @HubMethod("AskConnection")
  public String askConnection(String connectionId, String question) {
    return clients().client(connectionId).invokeAndWait(ANSWER, String.class, question);
  }

  // The connection.

  @HubMethod("GetHeader")
  public @Nullable String getHeader(String name) {
    return context().header(name);
  }

  @HubMethod("GetQuery")
  public @Nullable String getQuery(String name) {
    return context().queryParameter(name);
  }

  @HubMethod("SetItem")
  public void setItem(String key, String value) {
    context().items().put(key, value);
  }

  @HubMethod("GetItem")
  public @Nullable Object getItem(String key) {
    return context().items().get(key);
  }

  @HubMethod("AbortMe")
  public void abortMe() {
    context().abort();
  }
}
