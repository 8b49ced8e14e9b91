package dev.hubwire.dispatch;

import static dev.hubwire.dispatch.Wire.error;
import static dev.hubwire.dispatch.Wire.invoke;
import static dev.hubwire.dispatch.Wire.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hubwire.hub.Authorize;
import dev.hubwire.hub.ClientProxy;
import dev.hubwire.hub.Hub;
import dev.hubwire.hub.ServiceResolver;
import dev.hubwire.transport.User;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PolicyTest {
  private static final Map<String, Predicate<User>> POLICIES =
      Map.of(
          "named-ada", user -> user.id().equals("ada"),
          "broken",
              user -> {
                throw new IllegalStateException("no directory");
              });
  private static final String UNAUTHORIZED =
      "Failed to invoke 'adaOnly' because user is unauthorized";

  @Test
  void letsThoseCallWhomThePolicyPermits() {
    assertThat(answer("ada", "adaOnly")).isEqualTo(result("0", 1));
    assertThat(answer("bob", "adaOnly")).isEqualTo(error("0", UNAUTHORIZED));
    assertThat(answer(null, "adaOnly")).isEqualTo(error("0", UNAUTHORIZED));
  }

  @Test
  void wantsARoleBesidesWhereOneIsNamed() {
    assertThat(answer("ada", "adaAsAdmin"))
        .isEqualTo(error("0", "Failed to invoke 'adaAsAdmin' because user is unauthorized"));
  }

  @Test
  void answersAFailingPolicyAsAFailureAndKeepsTheConnection() {
    HubHarness<ClientProxy>.Client client = connect("ada");
    client.sends(invoke("0", "Broken", ""), invoke("1", "AdaOnly", ""));
    assertThat(client.received())
        .containsExactlyInAnyOrder(
            error("0", "An unexpected error occurred invoking 'broken' on the server."),
            result("1", 1));
  }

  @Test
  void guardsAWholeHub() {
    HubType<?, ?> type = HubType.of(AdaHub::new, extensions());
    assertThat(type.requirements()).singleElement().matches(one -> one.isMetBy(user("ada")));
    assertThat(type.requirements()).singleElement().matches(one -> !one.isMetBy(user("bob")));
  }

  @Test
  void refusesAPolicyThatNobodyGave() {
    assertThatThrownBy(() -> HubType.of(TypoHub::new, extensions()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "The AuthorizationPolicy named: 'named-adda' was not found. @Authorize of"
                + " TypoHub.call() needs it (expected: one of [broken, named-ada], or one more of"
                + " HubServerBuilder.policy)");
  }

  private static String answer(@Nullable String user, String method) {
    HubHarness<ClientProxy>.Client client = connect(user);
    client.sends(invoke("0", method, ""));
    return client.received().getFirst();
  }

  private static HubHarness<ClientProxy>.Client connect(@Nullable String user) {
    return new HubHarness<>(HubType.of(PolicyHub::new, extensions()), settings -> settings)
        .connect(user == null ? null : user(user));
  }

  private static User user(String id) {
    return new User(id, Set.of(), Map.of(), null);
  }

  private static HubExtensions extensions() {
    return new HubExtensions(List.of(), ServiceResolver.NONE, POLICIES, null);
  }

  /** What the tests call. */
  public static final class PolicyHub extends Hub<ClientProxy> {
    @Authorize(policy = "named-ada")
    public int adaOnly() {
      return 1;
    }

    @Authorize(policy = "named-ada", roles = "admin")
    public int adaAsAdmin() {
      return 1;
    }

    @Authorize(policy = "broken")
    public int broken() {
      return 1;
    }
  }

  /** For one user. */
  @Authorize(policy = "named-ada")
  public static final class AdaHub extends Hub<ClientProxy> {}

  /** Asks for what is not there. */
  public static final class TypoHub extends Hub<ClientProxy> {
    @Authorize(policy = "named-adda")
    public void call() {}
  }
}
