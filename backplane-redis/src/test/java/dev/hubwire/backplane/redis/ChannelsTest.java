package dev.hubwire.backplane.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hubwire.backplane.redis.Channels.Purpose;
import org.junit.jupiter.api.Test;

class ChannelsTest {
  private final Channels channels = new Channels("app1", "Demo.ChatHub", "web01_7");

  @Test
  void namesChannelsAsTheReferenceDoes() {
    assertThat(channels.all()).isEqualTo("app1Demo.ChatHub:all");
    assertThat(channels.connection("a/b+c")).isEqualTo("app1Demo.ChatHub:connection:a/b+c");
    assertThat(channels.group("*:[x]")).isEqualTo("app1Demo.ChatHub:group:*:[x]");
    assertThat(channels.user("ada")).isEqualTo("app1Demo.ChatHub:user:ada");
    assertThat(channels.groupCommands()).isEqualTo("app1Demo.ChatHub:internal:groups");
    assertThat(channels.acks()).isEqualTo("app1Demo.ChatHub:internal:ack:web01_7");
    assertThat(channels.acks("other")).isEqualTo("app1Demo.ChatHub:internal:ack:other");
    assertThat(channels.returns()).isEqualTo("app1Demo.ChatHub:internal:return:web01_7");
  }

  @Test
  void leavesThePrefixOutOfMessages() {
    assertThat(channels.returnsInMessages()).isEqualTo("Demo.ChatHub:internal:return:web01_7");
    assertThat(channels.named(channels.returnsInMessages())).isEqualTo(channels.returns());
  }

  @Test
  void knowsWhatItsChannelsAreFor() {
    assertThat(channels.purposeOf(channels.all())).isEqualTo(new Purpose.All());
    assertThat(channels.purposeOf(channels.connection("a:b")))
        .isEqualTo(new Purpose.Connection("a:b"));
    assertThat(channels.purposeOf(channels.group(":all"))).isEqualTo(new Purpose.Group(":all"));
    assertThat(channels.purposeOf(channels.user("ada"))).isEqualTo(new Purpose.User("ada"));
    assertThat(channels.purposeOf(channels.groupCommands())).isEqualTo(new Purpose.GroupCommands());
    assertThat(channels.purposeOf(channels.acks())).isEqualTo(new Purpose.Acks());
    assertThat(channels.purposeOf(channels.returns())).isEqualTo(new Purpose.Returns());
  }

  @Test
  void ignoresEveryOtherChannel() {
    assertThat(channels.purposeOf("Demo.ChatHub:all")).isNull();
    assertThat(channels.purposeOf("app1Demo.ChatHub2:all")).isNull();
    assertThat(channels.purposeOf("app1Demo.ChatHub:internal:ack:other")).isNull();
    assertThat(channels.purposeOf("__Booksleeve_MasterChanged")).isNull();
  }
}
