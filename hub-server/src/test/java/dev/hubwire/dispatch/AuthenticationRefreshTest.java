package dev.hubwire.dispatch;

import static dev.hubwire.dispatch.Wire.error;
import static dev.hubwire.dispatch.Wire.invoke;
import static dev.hubwire.dispatch.Wire.result;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hubwire.hub.Authorize;
import dev.hubwire.hub.ClientProxy;
import dev.hubwire.hub.Hub;
import dev.hubwire.hub.HubCallerContext;
import dev.hubwire.hub.Inline;
import dev.hubwire.transport.User;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What hubs see of newer credentials: {@code docs/protocol/net11-additions.md} §1.4 to §1.7. */
class AuthenticationRefreshTest {
  private static final User GUEST = user("ann", "guest");
  private static final User ADMIN = user("ann", "admin");
  private static final String UNAUTHORIZED = "Failed to invoke '%s' because user is unauthorized";

  private final List<String> heard = new CopyOnWriteArrayList<>();
  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch mayEnd = new CountDownLatch(1);

  /** Whether the hub sends something to a client whose refresh it hears of. */
  private volatile boolean greets;

  /** What the user id is taken from; changed by a test. */
  private volatile String idClaim = "id";

  @Test
  void laterCallsMayWhatTheNewRolesAllow() {
    HubHarness<ClientProxy>.Client client = harness().connect(GUEST);
    client.sends(invoke("0", "Guarded", ""), invoke("1", "GuardedInline", ""));
    assertThat(client.refreshes(ADMIN)).isTrue();
    client.sends(invoke("2", "Guarded", ""), invoke("3", "GuardedInline", ""));
    client.refreshes(GUEST);
    client.sends(invoke("4", "Guarded", ""));
    assertThat(client.received())
        .containsExactly(
            error("0", UNAUTHORIZED.formatted("guarded")),
            error("1", UNAUTHORIZED.formatted("guardedInline")),
            result("2", "\"[admin]\""),
            result("3", "\"[admin]\""),
            error("4", UNAUTHORIZED.formatted("guarded")));
  }

  @Test
  void aCallThatRunsKeepsItsUserAndOneThatWaitsLosesIts() throws InterruptedException {
    HubHarness<ClientProxy> hub = HubHarness.withThreads(RefreshHub::new, settings -> settings);
    HubHarness<ClientProxy>.Client client = hub.connect(ADMIN);
    client.sends(invoke("0", "RolesAfterwards", ""), invoke("1", "Guarded", ""));
    assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
    client.refreshes(GUEST);
    assertThat(heard).doesNotContain("refreshed [guest]");
    mayEnd.countDown();
    assertThat(client.awaits(2))
        .containsExactly(result("0", "\"[admin]\""), error("1", UNAUTHORIZED.formatted("guarded")));
  }

  @Test
  void aStreamBelongsToTheUserWhoMayHaveItWhenItBegins() {
    HubHarness<ClientProxy> hub = HubHarness.withThreads(RefreshHub::new, settings -> settings);
    HubHarness<ClientProxy>.Client client = hub.connect(GUEST);
    client.sends(Wire.stream("0", "GuardedStream", ""));
    assertThat(client.awaits(1))
        .containsExactly(error("0", UNAUTHORIZED.formatted("guardedStream")));
    client.refreshes(ADMIN);
    client.sends(Wire.stream("1", "GuardedStream", ""));
    assertThat(client.awaits(3)).endsWith(Wire.item("1", "\"[admin]\""), Wire.end("1"));
  }

  @Test
  void anotherUserIsRefusedAndAddressesStayWhatTheyWere() {
    HubHarness<ClientProxy>.Client client = harness().connect(GUEST);
    assertThat(client.refreshes(user("bob", "admin"))).isFalse();
    assertThat(client.refreshes(null)).isFalse();
    client.refreshes(ADMIN);
    client.sends(invoke("0", "SendTo", "\"bob\""), invoke("1", "SendTo", "\"ann\""));
    assertThat(client.received())
        .containsExactly(
            result("0", "null"),
            "{\"type\":1,\"target\":\"news\",\"arguments\":[]}",
            result("1", "null"));
  }

  @Test
  void whatBelongsToTheConnectionStays() {
    HubHarness<ClientProxy>.Client client = harness().connect(GUEST);
    client.sends(invoke("0", "Keep", "\"kept\""));
    client.refreshes(ADMIN);
    client.sends(invoke("1", "Kept", ""));
    assertThat(client.received()).endsWith(result("1", "\"c1 ann kept\""));
  }

  @Test
  void whoHasNoAddressIsKnownByTheirOwnId() {
    HubHarness<ClientProxy> hub =
        new HubHarness<>(RefreshHub::new, settings -> withUserId(settings, null));
    HubHarness<ClientProxy>.Client client = hub.connect(GUEST);
    assertThat(client.refreshes(ADMIN)).isTrue();
    assertThat(client.refreshes(user("bob", "admin"))).isFalse();
    HubHarness<ClientProxy>.Client nobody = hub.connect();
    assertThat(nobody.refreshes(null)).isTrue();
    assertThat(nobody.refreshes(GUEST)).isFalse();
  }

  @Test
  void theAddressDecidesAndNotTheIdBehindIt() {
    HubHarness<ClientProxy> hub =
        new HubHarness<>(RefreshHub::new, settings -> withUserId(settings, "team"));
    HubHarness<ClientProxy>.Client client = hub.connect(GUEST);
    assertThat(client.refreshes(user("bob", "guest"))).isTrue();
    idClaim = "throw";
    assertThat(client.refreshes(GUEST)).isFalse();
    idClaim = "other";
    assertThat(client.refreshes(GUEST)).isFalse();
  }

  @Test
  void theHubHearsOfEachRefreshInOrder() {
    greets = true;
    HubHarness<ClientProxy>.Client client = harness().connect(GUEST);
    client.refreshes(ADMIN);
    client.refreshes(GUEST);
    assertThat(heard).containsExactly("refreshed [admin]", "refreshed [guest]");
    assertThat(client.received()).containsExactly(greeting(), greeting());
  }

  @Test
  void theHubHearsOfItWhenItsTurnHasCome() throws InterruptedException {
    greets = true;
    HubHarness<ClientProxy> hub = HubHarness.withThreads(RefreshHub::new, settings -> settings);
    HubHarness<ClientProxy>.Client client = hub.connect(GUEST);
    client.sends(invoke("0", "RolesAfterwards", ""));
    assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
    client.refreshes(ADMIN);
    client.refreshes(GUEST); // while the news of the first wait
    client.sends(invoke("1", "Roles", ""));
    assertThat(heard).isEmpty();
    mayEnd.countDown();
    assertThat(client.awaits(3))
        .containsExactly(result("0", "\"[guest]\""), greeting(), result("1", "\"[guest]\""));
    assertThat(heard).containsExactly("refreshed [guest]");
  }

  @Test
  void aHubThatFailsToHearOfItHarmsNobody() {
    HubHarness<ClientProxy>.Client client = harness().connect(GUEST);
    client.refreshes(user("ann", "troublemaker"));
    client.sends(invoke("0", "Roles", ""));
    assertThat(client.received()).containsExactly(result("0", "\"[troublemaker]\""));
    assertThat(client.closeReason()).isNull();
  }

  @Test
  void theUserWhoShakesHandsIsTheOneByTheLatestCredentials() {
    HubHarness<ClientProxy>.Client client = harness().open();
    assertThat(client.refreshes(null)).isTrue();
    assertThat(client.refreshes(GUEST)).isFalse();
    client.sends("{\"protocol\":\"json\",\"version\":1}", invoke("0", "Roles", ""));
    assertThat(client.received()).containsExactly("{}", result("0", "\"null\""));
    assertThat(heard).isEmpty();
  }

  private HubHarness<ClientProxy> harness() {
    return new HubHarness<>(RefreshHub::new);
  }

  private HubSettings withUserId(HubSettings settings, @Nullable String id) {
    return new HubSettings(
        settings.keepAlive(),
        settings.clientTimeout(),
        settings.handshakeTimeout(),
        settings.maxMessageBytes(),
        settings.maxReceivedBytes(),
        settings.parallelInvocations(),
        settings.detailedErrors(),
        user -> {
          if (idClaim.equals("throw")) {
            throw new IllegalStateException();
          }
          return idClaim.equals("other") ? "other" : id;
        },
        settings.streams(),
        settings.reconnect());
  }

  private static String greeting() {
    return "{\"type\":1,\"target\":\"greet\",\"arguments\":[]}";
  }

  private static User user(String id, String role) {
    return new User(id, Set.of(role), Map.of(), null);
  }

  private static String rolesOf(HubCallerContext context) {
    User user = context.user();
    return user == null ? "null" : user.roles().toString();
  }

  /** What the tests call. */
  public final class RefreshHub extends Hub<ClientProxy> {
    @Override
    public void onAuthenticationRefreshed() {
      heard.add("refreshed " + rolesOf(context()));
      if (Objects.requireNonNull(context().user()).roles().contains("troublemaker")) {
        throw new IllegalStateException("no");
      }
      if (greets) {
        clients().caller().send("greet");
      }
    }

    @Authorize(roles = "admin")
    public String guarded() {
      return rolesOf(context());
    }

    @Authorize(roles = "admin")
    @Inline
    public String guardedInline() {
      return rolesOf(context());
    }

    @Authorize(roles = "admin")
    public Stream<String> guardedStream() {
      return Stream.of(rolesOf(context()));
    }

    public String roles() {
      return rolesOf(context());
    }

    public String rolesAfterwards() throws InterruptedException {
      begun.countDown();
      mayEnd.await();
      return rolesOf(context());
    }

    public void sendTo(String user) {
      clients().user(user).send("news");
    }

    public void keep(String value) {
      context().items().put("key", value);
    }

    public String kept() {
      return context().connectionId()
          + " "
          + context().userIdentifier()
          + " "
          + context().items().get("key");
    }
  }
}
