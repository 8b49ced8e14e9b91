package dev.hubwire.backplane;

import static org.assertj.core.api.Assertions.assertThatCode;

import dev.hubwire.testing.TestServer;
import org.junit.jupiter.api.Test;

class LocalBackplaneTest extends BackplaneContractTest {

  @Override
  protected Backplane join(LocalHub hub) {
    return new LocalBackplane(hub.connections());
  }

  @Override
  protected void awaitArrival() {
    // What was published has arrived when publish returns.
  }

  @Test
  void takesAnUnknownConnectionOfAGroupChangeForGone() {
    Backplane backplane = new TestServer(this::join).backplane();
    assertThatCode(() -> backplane.addToGroup("stranger", "room")).doesNotThrowAnyException();
    assertThatCode(() -> backplane.removeFromGroup("stranger", "room")).doesNotThrowAnyException();
  }
}
