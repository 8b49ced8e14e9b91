package dev.hubwire.clients;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.hubwire.hub.HubMethod;
import dev.hubwire.protocol.HubMessage;
import dev.hubwire.protocol.HubMessage.Invocation;
import dev.hubwire.protocol.HubProtocol;
import dev.hubwire.protocol.InvocationBinder;
import dev.hubwire.protocol.json.JsonHubProtocol;
import dev.hubwire.protocol.messagepack.MessagePackHubProtocol;
import dev.hubwire.server.HubServer;
import dev.hubwire.transport.PayloadWriter;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * What {@code docs/types.md} says about values of Java types: each row is held against what is read
 * and written, and played by the official clients.
 */
class TypesTest {
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private static HubServer server;

  @BeforeAll
  static void start() {
    server =
        HubServer.builder()
            .hub("/types", TypesHub::new, hub -> hub.detailedErrors(true))
            .listen("127.0.0.1", 0)
            .start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void everyRowIsATypeOfTheHub() throws IOException {
    assertThat(TypesTable.names()).containsExactlyInAnyOrderElementsOf(methods().keySet());
  }

  @TestFactory
  Stream<DynamicTest> everyRowIsWhatIsWritten() throws IOException {
    Map<String, Method> methods = methods();
    return TypesTable.rows().stream()
        .map(row -> dynamicTest(row.name(), () -> check(row, methods.get(row.name()))));
  }

  private static void check(TypesTable.Row row, @Nullable Method method) {
    assertThat(method).as("method of the hub").isNotNull();
    Type type = method.getGenericParameterTypes()[0];
    // Read from JSON, written in both, and read back from MessagePack: nothing is lost on the way.
    Object value = read(new JsonHubProtocol(), jsonRecord(row.json()), type);
    assertThat(written(new JsonHubProtocol(), value)).isEqualTo(jsonRecord(row.json()));
    HubProtocol messagePack = new MessagePackHubProtocol();
    assertThat(written(messagePack, value)).isEqualTo(messagePackRecord(row.messagePack()));
    assertThat(read(messagePack, messagePackRecord(row.messagePack()), type))
        .usingRecursiveComparison()
        .isEqualTo(value);
  }

  private static byte[] jsonRecord(String value) {
    return ("{\"type\":1,\"target\":\"t\",\"arguments\":[" + value + "]}\u001e").getBytes(UTF_8);
  }

  private static byte[] messagePackRecord(String hex) {
    byte[] body = HexFormat.of().parseHex("960180c0a17491" + hex + "90");
    byte[] record = new byte[1 + body.length];
    record[0] = (byte) body.length;
    System.arraycopy(body, 0, record, 1, body.length);
    return record;
  }

  private static byte[] written(HubProtocol protocol, @Nullable Object value) {
    PayloadWriter target = new PayloadWriter(64);
    protocol.write(Invocation.send("t", List.of(Objects.requireNonNull(value))), target);
    return target.toByteArray();
  }

  private static @Nullable Object read(HubProtocol protocol, byte[] record, Type type) {
    HubMessage message = protocol.read(record, 0, record.length, new OneMethod(type));
    assertThat(message).isInstanceOf(Invocation.class);
    return ((Invocation) message).arguments().getFirst();
  }

  @TestFactory
  Stream<DynamicTest> withJavaScript() throws IOException {
    ChildProcess process =
        ChildProcess.start(
            List.of(
                Tools.node(),
                "--test-force-exit",
                "--test-reporter=./report.mjs",
                "types.test.mjs"),
            Tools.javaScript(),
            Map.of("HUBWIRE_URL", url(), "HUBWIRE_TYPES", names()),
            LIMIT);
    return new ForeignRun(process, JavaScriptRun::caseOf).tests();
  }

  @TestFactory
  Stream<DynamicTest> withDotNet() throws IOException {
    Path dotNet = Tools.shared().resolve("dotnet");
    Path compiler = dotNet.resolve("csharp");
    if (!Files.isExecutable(compiler)) {
      String reason = "the compiler for .NET: not at " + compiler;
      if (System.getenv("CI") != null) {
        fail(reason);
      }
      abort(reason);
    }
    List<String> command =
        List.of(
            compiler.toString(),
            "types",
            Tools.MODULE.resolve("src/test/dotnet/Types.cs").toString(),
            dotNet.resolve("src/usings.cs").toString(),
            dotNet.resolve("src/HttpTransports").toString(),
            dotNet.resolve("lib/Microsoft.AspNetCore.SignalR.Client.Core.dll").toString(),
            "--",
            url(),
            names());
    ChildProcess process = ChildProcess.start(command, Tools.MODULE, Map.of(), LIMIT);
    return new ForeignRun(process, DotNetRun::caseOf).tests();
  }

  private static String url() {
    return "http://127.0.0.1:" + server.port() + "/types";
  }

  private static String names() throws IOException {
    return JsonMapper.shared().writeValueAsString(TypesTable.names());
  }

  private static Map<String, Method> methods() {
    Map<String, Method> methods = new TreeMap<>();
    for (Method method : TypesHub.class.getDeclaredMethods()) {
      HubMethod named = method.getAnnotation(HubMethod.class);
      if (named != null) {
        methods.put(named.value(), method);
      }
    }
    return methods;
  }

  /** A hub with nothing but a method of one parameter. */
  private record OneMethod(Type type) implements InvocationBinder {
    @Override
    public Target target(String name) {
      return new Target(name, List.of(type));
    }

    @Override
    public @Nullable Type resultType(String invocationId) {
      return null;
    }

    @Override
    public @Nullable Type streamItemType(String streamId) {
      return null;
    }
  }
}
