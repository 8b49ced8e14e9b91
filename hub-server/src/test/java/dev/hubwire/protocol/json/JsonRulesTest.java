package dev.hubwire.protocol.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hubwire.protocol.BindingException;
import dev.hubwire.protocol.HubMessage;
import dev.hubwire.protocol.HubMessage.Completion;
import dev.hubwire.protocol.HubMessage.Invocation;
import dev.hubwire.protocol.HubMessage.InvocationBindingFailure;
import dev.hubwire.protocol.HubMessage.Outcome;
import dev.hubwire.protocol.HubMessage.Ping;
import dev.hubwire.protocol.HubMessage.StreamBindingFailure;
import dev.hubwire.protocol.HubMessage.StreamItem;
import dev.hubwire.protocol.ProtocolException;
import dev.hubwire.protocol.vectors.RecordedHub;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What decides between two faults, and between a call and a connection that fails. */
final class JsonRulesTest {
  private static final String NO_FIT =
      "Error binding arguments. Make sure that the types of the provided values match the types"
          + " of the hub method being invoked.";

  private final JsonHubProtocol protocol = new JsonHubProtocol();

  /** Quotes stand for double quotes; characters stand for the bytes with their numbers. */
  private @Nullable HubMessage read(String text) {
    return read(protocol, text);
  }

  private static @Nullable HubMessage read(JsonHubProtocol protocol, String text) {
    byte[] bytes = (text.replace('\'', '"') + "\u001e").getBytes(ISO_8859_1);
    return protocol.read(bytes, 0, bytes.length, new RecordedHub());
  }

  private void assertFatal(String text, String error) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(ProtocolException.class)
        .isNotInstanceOf(BindingException.class)
        .hasMessage(error);
  }

  private void assertUnbound(String text, String error) {
    assertThat(read(text))
        .isInstanceOfSatisfying(
            InvocationBindingFailure.class,
            failure -> assertThat(failure.cause()).hasMessage(error));
  }

  @Test
  void tellsAMissingTargetBeforeAnythingElse() {
    assertFatal("{'type':1,'arguments':[1]}", "Missing required property 'target'.");
    assertFatal("{'type':4}", "Missing required property 'target'.");
  }

  @Test
  void tellsACallThatDoesNotFitBeforeAMissingId() {
    assertUnbound("{'type':4,'target':'One','arguments':['x']}", NO_FIT);
    assertFatal(
        "{'type':4,'target':'One','arguments':[1]}", "Missing required property 'invocationId'.");
    assertFatal("{'type':4,'target':'One'}", "Missing required property 'invocationId'.");
    assertFatal(
        "{'type':4,'target':'One','invocationId':'1'}", "Missing required property 'arguments'.");
  }

  @Test
  void takesAnEmptyTargetForAnUnknownMethodUnlessArgumentsAreMissing() {
    assertUnbound("{'type':4,'target':'','arguments':[]}", "Method does not exist.");
    assertFatal(
        "{'type':4,'target':'','invocationId':'1'}", "Missing required property 'arguments'.");
    assertFatal("{'type':1,'target':''}", "Missing required property 'target'.");
  }

  @Test
  void findsTextThatIsNotJsonInACallThatDoesNotFit() {
    assertFatal("{'type':1,'target':'Send','arguments':['x',{'a':[1,2}]}", "Error reading JSON.");
    assertFatal("{'type':1,'target':'Nope','arguments':[tru]}", "Error reading JSON.");
  }

  @Test
  void countsAfterTheTypesWereChecked() {
    assertUnbound("{'type':1,'target':'Send','arguments':['x','y','z']}", NO_FIT);
    assertUnbound(
        "{'type':1,'target':'Send','arguments':[1,'y','z']}",
        "Invocation provides 3 argument(s) but target expects 2.");
  }

  @Test
  void doesNotLookAtSurplusArguments() {
    assertUnbound(
        "{'type':1,'target':'NoArgs','arguments':['\\ud83d']}",
        "Invocation provides 1 argument(s) but target expects 0.");
  }

  @Test
  void namesTheDeclaredMethodButForATargetWithEscapes() {
    assertThat(read("{'type':1,'target':'noARGS','arguments':[]}"))
        .isEqualTo(Invocation.send("NoArgs", List.of()));
    assertThat(read("{'type':1,'target':'noARG\\u0053','arguments':[]}"))
        .isEqualTo(Invocation.send("noARGS", List.of()));
  }

  @Test
  void readsNothingAfterAnItemThatDoesNotFit() {
    assertThat(read("{'invocationId':'7','item':'x','type':!!"))
        .isInstanceOf(StreamBindingFailure.class);
    assertThat(read("{'invocationId':'7','item':[tru")).isInstanceOf(StreamBindingFailure.class);
  }

  @Test
  void tellsWhichStreamIsUnknownOnlyWhereTheItemCameFirst() {
    assertThat(read("{'type':2,'invocationId':'no','item':1}"))
        .isInstanceOf(StreamBindingFailure.class);
    assertThat(read("{'type':2,'item':'x','invocationId':'7'}"))
        .isInstanceOf(StreamBindingFailure.class);
    assertFatal("{'type':2,'item':1,'invocationId':''}", "No stream with id '' could be found.");
    assertFatal("{'type':2,'invocationId':''}", "Missing required property 'invocationId'.");
  }

  @Test
  void readsAnItemThatIsNull() {
    assertThat(read("{'type':2,'invocationId':'s','item':null}"))
        .isEqualTo(new StreamItem(Map.of(), "s", null));
  }

  @Test
  void ignoresAnItemOfAnotherTypeOfMessageWithoutId() {
    assertThat(read("{'type':6,'item':{}}")).isEqualTo(Ping.INSTANCE);
  }

  @Test
  void refusesAResultWithAnErrorWhereverTheIdIs() {
    String error = "The 'error' and 'result' properties are mutually exclusive.";
    assertFatal("{'type':3,'result':1,'error':'e','invocationId':'s1'}", error);
    assertFatal("{'type':3,'invocationId':'no','error':'','result':1}", error);
  }

  @Test
  void putsAConversionFailureInPlaceOfTheClientsError() {
    Completion expected = Completion.error("s1", "Error trying to deserialize result.");

    assertThat(read("{'type':3,'error':'e','invocationId':'s1','result':'x'}")).isEqualTo(expected);
    assertThat(read("{'type':3,'error':'e','result':'x','invocationId':'s1'}")).isEqualTo(expected);
  }

  @Test
  void doesNotTakeAResultThatDoesNotFitForARecord() {
    assertThat(read("{'invocationId':'s1','result':{'type':7,'x':{}},'type':3}"))
        .isEqualTo(Completion.error("s1", "Error trying to deserialize result."));
  }

  @Test
  void tellsWhyAResultDoesNotFitOnlyWithDetailedErrors() {
    JsonHubProtocol detailed = JsonHubProtocol.builder().detailedErrors(true).build();

    assertThat(read(detailed, "{'type':3,'invocationId':'s2','result':[]}"))
        .isInstanceOfSatisfying(
            Completion.class,
            completion ->
                assertThat(((Outcome.Failure) completion.outcome()).error())
                    .startsWith("Error trying to deserialize result to Person. ")
                    .doesNotContain("[Source"));
  }

  @ParameterizedTest
  @CsvSource({"[{}],StartObject", "[[]],StartArray", "[true],True", "[1],Number"})
  void namesTheKindOfAStreamIdThatIsNoText(String ids, String kind) {
    ProtocolException thrown =
        catchThrowableOfType(
            ProtocolException.class, () -> read("{'type':1,'streamIds':" + ids + "}"));

    assertThat(thrown)
        .hasMessage("Cannot get the value of a token type '" + kind + "' as a string.");
    assertThat(thrown.wireName()).isEqualTo("InvalidOperationException");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'type':6,'invocationId':'\u00FF'}",
        "{'type':6,'error':'\u00FF'}",
        "{'type':6,'target':'\u00FF'}",
        "{'type':6,'headers':{'a':'\u00FF'}}",
        "{'type':6,'headers':{'\u00FF':'a'}}",
        "{'type':6,'streamIds':['\u00FF']}"
      })
  void endsTheConnectionForInvalidUtf8InTheEnvelope(String text) {
    assertFatal(text, "Cannot transcode invalid UTF-8 JSON text to UTF-16 string.");
  }

  @Test
  void doesNotMindInvalidUtf8InWhatIsSkipped() {
    assertThat(read("{'type':6,'x':'\u00FF','\u00FF':1,'y':['\\ud83d']}")).isEqualTo(Ping.INSTANCE);
    assertThat(read("{'type':1,'target':'Save','arguments':[{'x':'\u00FF','y':'\\ud83d'}]}"))
        .isInstanceOf(Invocation.class);
  }

  @Test
  void failsTheCallForInvalidUtf8InAnArgument() {
    assertUnbound("{'type':1,'target':'Upload','arguments':['\u00FF']}", NO_FIT);
    assertUnbound("{'type':1,'target':'Save','arguments':[{'name':'\\ud83d'}]}", NO_FIT);
  }

  @Test
  void endsTheConnectionForAnUnknownNameThatCouldBeAKnownOneButForHalfACharacter() {
    assertFatal(
        "{'type':6,'ty\\ud83d':1}",
        "Cannot read incomplete UTF-16 JSON text as string with missing low surrogate.");
  }

  @Test
  void findsMembersWhoseNamesHaveEscapes() {
    assertThat(read("{'\\u0074ype':6}")).isEqualTo(Ping.INSTANCE);
    assertFatal("{'\\u0074arget':1}", "Expected 'target' to be of type String.");
  }

  @Test
  void readsAgainWhatCameBeforeItsMeaning() {
    assertThat(read("{'arguments':[5,'a'],'type':1,'target':'Send','invocationId':'1'}"))
        .isEqualTo(read("{'type':1,'invocationId':'1','target':'Send','arguments':[5,'a']}"));
    assertThat(read("{'result':{'name':'Ann','age':5},'type':3,'invocationId':'s2'}"))
        .isEqualTo(read("{'type':3,'invocationId':'s2','result':{'name':'Ann','age':5}}"));
    assertThat(read("{'item':'x','type':2,'invocationId':'s'}"))
        .isEqualTo(read("{'type':2,'invocationId':'s','item':'x'}"));
  }
}
