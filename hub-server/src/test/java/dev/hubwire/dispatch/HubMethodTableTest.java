package dev.hubwire.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hubwire.hub.Authorize;
import dev.hubwire.hub.ClientProxy;
import dev.hubwire.hub.Hub;
import dev.hubwire.hub.HubMethod;
import dev.hubwire.hub.Inline;
import dev.hubwire.transport.User;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HubMethodTableTest {

  @Test
  void offersThePublicInstanceMethodsThatTheHubDeclares() {
    assertThat(names(ChatHub.class)).containsExactly("join", "send");
  }

  @Test
  void offersWhatABaseHubOfTheApplicationDeclares() {
    assertThat(names(DerivedHub.class)).containsExactly("echo", "shout");
  }

  @Test
  void offersNothingOfObjectHubOrAutoCloseable() {
    assertThat(names(BusyHub.class)).containsExactly("close", "onConnected");
    assertThat(descriptor(BusyHub.class, "close").target().parameterTypes())
        .containsExactly(int.class);
    assertThat(descriptor(BusyHub.class, "onConnected").target().parameterTypes())
        .containsExactly(String.class);
  }

  @Test
  void offersADefaultMethodOfAnInterfaceOnlyIfTheHubOverridesIt() {
    assertThat(names(MixedHub.class)).containsExactly("taken");
  }

  @Test
  void offersAMethodThatIsInheritedFromAClassThatIsNotPublic() throws Throwable {
    // For javac copies such methods into a public class as bridges.
    assertThat(names(PublicHub.class)).containsExactly("hidden");
    assertThat(call(new PublicHub(), "hidden")).isEqualTo("from the base");
  }

  @Test
  void offersAnOverriddenMethodOnceThroughTheOverride() throws Throwable {
    assertThat(names(LoudHub.class)).containsExactly("echo", "shout");
    assertThat(call(new LoudHub(), "echo", "a")).isEqualTo("A");
  }

  @Test
  void takesAMethodThatFixesATypeVariableForAnOverride() throws Throwable {
    assertThat(names(TextHub.class)).containsExactly("describe", "keep");
    assertThat(call(new TextHub(), "keep", "a")).isEqualTo("text a");
  }

  @Test
  void callsAMethodByItsChosenNameOnly() {
    HubMethodTable table = HubMethodTable.of(RenamedHub.class, HubExtensions.NONE, false);
    assertThat(table.find("say-hello")).isNotNull();
    assertThat(table.find("hello")).isNull();
    assertThat(descriptor(RenamedHub.class, "say-hello").javaName()).isEqualTo("hello");
  }

  @Test
  void keepsTheChosenNameAndTheGuardOfAnOverriddenMethod() {
    HubMethodDescriptor method = descriptor(RenamedAgainHub.class, "say-hello");
    assertThat(method.requirements())
        .containsExactly(
            new Requirement(Set.of("writer"), null),
            new Requirement(Set.of("admin", "owner"), null));
  }

  @Test
  void findsAMethodWhateverTheCaseAndTellsItsDeclaredName() {
    HubMethodTable table = HubMethodTable.of(ChatHub.class, HubExtensions.NONE, false);
    for (String spelling : List.of("send", "Send", "SEND", "sEnD")) {
      assertThat(Objects.requireNonNull(table.find(spelling)).target().name()).isEqualTo("send");
    }
    assertThat(table.find("sendd")).isNull();
    assertThat(table.find("")).isNull();
  }

  @Test
  void refusesOverloads() {
    assertThatThrownBy(() -> HubMethodTable.of(OverloadedHub.class, HubExtensions.NONE, false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Duplicate definitions of 'send'. Overloading is not supported. ")
        .hasMessageContaining("OverloadedHub.send(int)")
        .hasMessageContaining("OverloadedHub.send(String)")
        .hasMessageContaining("@HubMethod");
  }

  @Test
  void refusesNamesThatDifferInCaseOnlyAlsoWhenChosen() {
    assertThatThrownBy(() -> HubMethodTable.of(SameNameHub.class, HubExtensions.NONE, false))
        .hasMessageStartingWith("Duplicate definitions of 'Hello'. Overloading is not supported.");
  }

  @Test
  void refusesGenericMethods() {
    assertThatThrownBy(() -> HubMethodTable.of(GenericMethodHub.class, HubExtensions.NONE, false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "Method 'any' is a generic method which is not supported on a Hub. ");
  }

  @Test
  void refusesAnEmptyChosenName() {
    assertThatThrownBy(() -> HubMethodTable.of(NamelessHub.class, HubExtensions.NONE, false))
        .hasMessage("@HubMethod of NamelessHub.hello(): empty (expected: a name for the wire)");
  }

  @Test
  @SuppressWarnings({"unchecked", "rawtypes"}) // What the test is about.
  void refusesATypeThatIsLeftOpen() {
    assertThatThrownBy(() -> HubMethodTable.of((Class) RawHub.class, HubExtensions.NONE, false))
        .hasMessage(
            "Parameter 1 of KeepingHub.describe(List, Object[], int) has the type java.util.List<T>,"
                + " which clients cannot send: the hub's class leaves 'T' open, give it a type"
                + " where it is extended.");
  }

  @Test
  void refusesAWildcard() {
    assertThatThrownBy(() -> HubMethodTable.of(WildcardHub.class, HubExtensions.NONE, false))
        .hasMessageStartingWith(
            "Parameter 1 of WildcardHub.sum(Map) has the type"
                + " java.util.Map<java.lang.String, ? extends java.lang.Number>")
        .hasMessageContaining("put the type itself in place of '? extends java.lang.Number'");
  }

  @Test
  void resolvesParameterTypesAgainstTheHubsClass() throws Exception {
    assertThat(descriptor(TextHub.class, "describe").target().parameterTypes())
        .containsExactly(
            TextHub.class.getMethod("asDeclared", List.class).getGenericParameterTypes()[0],
            String[].class,
            int.class);
  }

  @Test
  void callsAMethodWithBoxedArgumentsAndAnswersWhatItReturns() throws Throwable {
    assertThat(call(new SumHub(), "add", 2, 3L)).isEqualTo(5L);
    assertThat(call(new SumHub(), "nothing")).isNull();
    assertThat(call(new SumHub(), "count", (Object) new String[] {"a", "b"})).isEqualTo(2);
    assertThat(call(new SumHub(), "orElse", (Object) null)).isEqualTo("nobody");
  }

  @Test
  void throwsWhatTheMethodThrowsAsItIs() {
    assertThatThrownBy(() -> call(new SumHub(), "fail")).isExactlyInstanceOf(Exception.class);
    assertThatThrownBy(() -> call(new SumHub(), "add", "two", 3L))
        .isInstanceOf(ClassCastException.class);
  }

  @Test
  void knowsWhichMethodsPromiseNotToBlock() {
    assertThat(descriptor(SumHub.class, "add").isInline()).isTrue();
    assertThat(descriptor(SumHub.class, "count").isInline()).isFalse();
  }

  @Test
  void meetsARequirementWithOneOfItsRolesComparedExactly() {
    Requirement requirement = new Requirement(Set.of("admin", "owner"), null);
    assertThat(requirement.isMetBy(user("owner"))).isTrue();
    assertThat(requirement.isMetBy(user("Owner"))).isFalse();
    assertThat(requirement.isMetBy(null)).isFalse();
    assertThat(new Requirement(Set.of(), null).isMetBy(user())).isTrue();
    assertThat(new Requirement(Set.of(), null).isMetBy(null)).isFalse();
  }

  private static User user(String... roles) {
    return new User("ada", Set.of(roles), Map.of(), null);
  }

  private static List<String> names(Class<? extends Hub<?>> hubClass) {
    return HubMethodTable.of(hubClass, HubExtensions.NONE, false).methods().stream()
        .map(method -> method.target().name())
        .toList();
  }

  private static HubMethodDescriptor descriptor(Class<? extends Hub<?>> hubClass, String name) {
    return Objects.requireNonNull(
        HubMethodTable.of(hubClass, HubExtensions.NONE, false).find(name));
  }

  @SuppressWarnings("unchecked") // The class of a hub is a class of hubs.
  private static @Nullable Object call(
      Hub<ClientProxy> hub, String name, @Nullable Object... arguments) throws Throwable {
    return descriptor((Class<? extends Hub<?>>) hub.getClass(), name).invoke(hub, arguments);
  }

  static class ChatHub extends Hub<ClientProxy> {
    public static void utility() {}

    public void send(String text) {}

    public void join(String group) {}

    void packagePrivate() {}

    protected void forSubclasses() {}
  }

  static class EchoHub extends Hub<ClientProxy> {
    public String echo(String text) {
      return text;
    }

    public void shout() {}
  }

  static final class DerivedHub extends EchoHub {}

  static final class LoudHub extends EchoHub {
    @Override
    public String echo(String text) {
      return text.toUpperCase(java.util.Locale.ROOT);
    }
  }

  static final class BusyHub extends Hub<ClientProxy> implements AutoCloseable {
    @Override
    public void onConnected() {}

    @Override
    public void onDisconnected(@Nullable Throwable error) {}

    public void onConnected(String overload) {}

    @Override
    public void close() {}

    public void close(int code) {}

    @Override
    public String toString() {
      return "busy";
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return this == other;
    }

    @Override
    public int hashCode() {
      return 1;
    }
  }

  interface Mixin {
    default void offered() {}

    default void taken() {}
  }

  static final class MixedHub extends Hub<ClientProxy> implements Mixin {
    @Override
    public void taken() {}
  }

  static class HiddenBase extends Hub<ClientProxy> {
    public String hidden() {
      return "from the base";
    }
  }

  public static final class PublicHub extends HiddenBase {}

  static class KeepingHub<T> extends Hub<ClientProxy> {
    public Object keep(T value) {
      return value;
    }

    public void describe(List<T> values, T[] more, int times) {}
  }

  static final class TextHub extends KeepingHub<String> {
    @Override
    public String keep(String value) {
      return "text " + value;
    }

    public static void asDeclared(List<String> values) {}
  }

  @SuppressWarnings("rawtypes") // What the test is about.
  static final class RawHub extends KeepingHub {}

  static class RenamedHub extends Hub<ClientProxy> {
    @HubMethod("say-hello")
    @Authorize(roles = {"admin", "owner"})
    public void hello() {}
  }

  static final class RenamedAgainHub extends RenamedHub {
    @Override
    @Authorize(roles = "writer")
    public void hello() {}
  }

  static final class OverloadedHub extends Hub<ClientProxy> {
    public void send(String text) {}

    public void send(int number) {}
  }

  static final class SameNameHub extends Hub<ClientProxy> {
    public void hello() {}

    @HubMethod("Hello")
    public void other() {}
  }

  static final class GenericMethodHub extends Hub<ClientProxy> {
    public <T> void any(T value) {}
  }

  static final class NamelessHub extends Hub<ClientProxy> {
    @HubMethod("")
    public void hello() {}
  }

  static final class WildcardHub extends Hub<ClientProxy> {
    public void sum(Map<String, ? extends Number> values) {}
  }

  static final class SumHub extends Hub<ClientProxy> {
    @Inline
    public long add(int one, long other) {
      return one + other;
    }

    public void nothing() {}

    public int count(String... values) {
      return values.length;
    }

    public String orElse(@Nullable String name) {
      return name == null ? "nobody" : name;
    }

    public void fail() throws Exception {
      throw new Exception("by design");
    }
  }
}
