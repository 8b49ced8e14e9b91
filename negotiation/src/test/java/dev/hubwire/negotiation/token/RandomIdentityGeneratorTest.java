package dev.hubwire.negotiation.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RandomIdentityGeneratorTest {
  private static final String NAME = "[A-Za-z0-9_-]{22}";

  private final SecureRandom counting = new CountingRandom();

  @Test
  void aNameIsSixteenRandomBytesInBase64Url() {
    ConnectionIdentity identity = new RandomIdentityGenerator(counting, null).shared();

    assertThat(identity.id().value()).isEqualTo("AAECAwQFBgcICQoLDA0ODw");
  }

  @Test
  void separateNamesAreIndependent() {
    ConnectionIdentity identity = new RandomIdentityGenerator(counting, null).separate();

    assertThat(identity.token().value()).isEqualTo("AAECAwQFBgcICQoLDA0ODw");
    assertThat(identity.id().value()).isEqualTo("EBESExQVFhcYGRobHB0eHw");
    assertThat(identity.isShared()).isFalse();
  }

  @Test
  void aSharedNameServesAsBoth() {
    ConnectionIdentity identity =
        new RandomIdentityGenerator(counting, new NodeName("node-1")).shared();

    assertThat(identity.isShared()).isTrue();
    assertThat(identity.id().value()).matches(NAME);
  }

  @Test
  void namesDoNotRepeat() {
    var generator = new RandomIdentityGenerator(new SecureRandom(), null);
    Set<String> names = new HashSet<>();
    for (int i = 0; i < 1_000; i++) {
      ConnectionIdentity identity = generator.separate();
      names.add(identity.id().value());
      names.add(identity.token().value());
    }
    assertThat(names).hasSize(2_000).allMatch(name -> name.matches(NAME));
  }

  @Test
  void aTokenCarriesTheNodeAndTheIdDoesNot() {
    ConnectionIdentity identity =
        new RandomIdentityGenerator(counting, new NodeName("node-1")).separate();

    assertThat(identity.token().value()).isEqualTo("node-1.AAECAwQFBgcICQoLDA0ODw");
    assertThat(identity.id().value()).matches(NAME);
  }

  @Property
  void anyNodeIsReadBackFromItsToken(
      @ForAll
          @StringLength(min = 1, max = 64)
          @CharRange(from = 'a', to = 'z')
          @CharRange(from = 'A', to = 'Z')
          @CharRange(from = '0', to = '9')
          @Chars({'.', '_', '-'})
          String name) {
    var node = new NodeName(name);

    assertThat(NodeName.of(new RandomIdentityGenerator(counting, node).separate().token()))
        .isEqualTo(node);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "AAECAwQFBgcICQoLDA0ODw",
        ".AAECAwQFBgcICQoLDA0ODw",
        "node-1.AAECAwQFBgcICQoLDA0OD",
        "node-1.AAECAwQFBgcICQoLDA0ODw=",
        "node 1.AAECAwQFBgcICQoLDA0ODw",
        "<b>.AAECAwQFBgcICQoLDA0ODw",
        "a123456789b123456789c123456789d123456789e123456789f1234567890123x.AAECAwQFBgcICQoLDA0ODw"
      })
  void otherTokensNameNoNode(String token) {
    assertThat(NodeName.of(new ConnectionToken(token))).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "ä", "a/b", "a\n"})
  void aNameThatIsNotUrlSafeIsRefused(String name) {
    assertThatThrownBy(() -> new NodeName(name))
        .hasMessage("node name: '" + name + "' (expected: 1 to 64 of A-Z a-z 0-9 . _ -)");
  }

  @Test
  void aTokenNeverPrintsItself() {
    assertThat(new RandomIdentityGenerator(counting, null).shared().token()).hasToString("***");
  }

  /** Bytes 0, 1, 2 and so on. */
  private static final class CountingRandom extends SecureRandom {
    /** Test thread only. */
    private byte next;

    @Override
    public void nextBytes(byte[] bytes) {
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = next++;
      }
    }
  }
}
