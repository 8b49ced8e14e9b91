package dev.hubwire.transport.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class IoLoopTest {
  private final ManualThread thread = new ManualThread();
  private final AtomicLong clock = new AtomicLong();
  private final IoLoop loop = new IoLoop(thread, clock::get);
  private final List<String> events = new ArrayList<>();

  @Test
  void runsTasksInTheOrderTheyWerePosted() {
    thread.elsewhere(
        () -> {
          loop.execute(() -> events.add("first"));
          loop.execute(() -> events.add("second"));
        });
    thread.runAll();
    assertThat(events).containsExactly("first", "second");
  }

  @Test
  void isWokenOnceForManyPosts() {
    thread.elsewhere(
        () -> {
          for (int i = 0; i < 100; i++) {
            loop.execute(() -> events.add("task"));
          }
        });
    assertThat(thread.wakeUps()).isOne();
    thread.runAll();
    assertThat(events).hasSize(100);
  }

  @Test
  void isWokenAgainAfterItWentToSleep() {
    thread.elsewhere(() -> loop.execute(() -> events.add("first")));
    thread.runAll();
    thread.elsewhere(() -> loop.execute(() -> events.add("second")));
    assertThat(thread.wakeUps()).isOne();
    thread.runAll();
    assertThat(events).containsExactly("first", "second");
  }

  @Test
  void runsWhatATurnPostsAtItsEndWithoutWakingItself() {
    Member member = new Member("m");
    loop.turn(
        member,
        () -> {
          loop.execute(() -> events.add("posted"));
          events.add("work");
        });
    assertThat(events).containsExactly("work", "posted");
    assertThat(thread.wakeUps()).isZero();
  }

  @Test
  void neverRunsAPostedTaskInsideTheCall() {
    loop.turn(
        new Member("m"),
        () -> {
          loop.execute(() -> events.add("task"));
          assertThat(events).isEmpty();
        });
    assertThat(events).containsExactly("task");
  }

  @Test
  void flushesEachMarkedMemberOncePerTurn() {
    Member one = new Member("one");
    Member two = new Member("two");
    loop.turn(
        one,
        () -> {
          for (int i = 0; i < 10; i++) {
            loop.markDirty(one);
            loop.markDirty(two);
          }
        });
    assertThat(events).containsExactly("flush one", "flush two");
  }

  @Test
  void goesOnAfterATaskThatThrows() {
    thread.elsewhere(
        () -> {
          loop.execute(
              () -> {
                throw new IllegalStateException("broken task");
              });
          loop.execute(() -> events.add("next"));
        });
    thread.runAll();
    assertThat(events).containsExactly("next");
  }

  @Test
  void cutsOnlyTheMemberWhoseWorkThrows() {
    Member broken = new Member("broken");
    loop.turn(
        broken,
        () -> {
          throw new IllegalStateException("broken member");
        });
    assertThat(events).containsExactly("fail broken");
  }

  @Test
  void aMemberThatThrowsWhileFlushingDoesNotKeepOthersFromWriting() {
    Member broken = new Member("broken");
    broken.flushFails = true;
    Member healthy = new Member("healthy");
    loop.turn(
        broken,
        () -> {
          loop.markDirty(broken);
          loop.markDirty(healthy);
        });
    assertThat(events).containsExactly("fail broken", "flush healthy");
  }

  @Test
  void scansEveryMemberWithItsClock() {
    Member one = new Member("one");
    Member two = new Member("two");
    loop.add(one);
    loop.add(two);
    clock.set(42);
    loop.tick();
    assertThat(events).containsExactlyInAnyOrder("tick one 42", "tick two 42");
  }

  @Test
  void aMemberMayLeaveWhileItIsScanned() {
    List<Member> members = new ArrayList<>();
    for (String name : List.of("a", "b", "c", "d")) {
      Member member = new Member(name);
      members.add(member);
      loop.add(member);
    }
    members.get(1).leavesOnTick = true;
    members.get(3).leavesOnTick = true;
    loop.tick();
    assertThat(events).containsExactlyInAnyOrder("tick a 0", "tick b 0", "tick c 0", "tick d 0");
    assertThat(loop.size()).isEqualTo(2);
    events.clear();
    loop.tick();
    assertThat(events).containsExactlyInAnyOrder("tick a 0", "tick c 0");
  }

  @Test
  void leavingTwiceIsLeavingOnce() {
    Member one = new Member("one");
    Member two = new Member("two");
    loop.add(one);
    loop.add(two);
    loop.remove(one);
    loop.remove(one);
    assertThat(loop.size()).isOne();
  }

  @Test
  void directSendsAreOnlyAllowedWhenNothingPostedCouldBeOvertaken() {
    assertThat(loop.isInTurnAndUpToDate()).isFalse();
    loop.turn(
        new Member("m"),
        () -> {
          assertThat(loop.isInTurnAndUpToDate()).isTrue();
          loop.execute(() -> assertThat(loop.isInTurnAndUpToDate()).isTrue());
          assertThat(loop.isInTurnAndUpToDate()).isFalse();
        });
  }

  private final class Member extends LoopMember {
    private final String name;
    private boolean leavesOnTick;
    private boolean flushFails;

    Member(String name) {
      this.name = name;
    }

    @Override
    protected void flush() {
      if (flushFails) {
        throw new IllegalStateException("flush fails");
      }
      events.add("flush " + name);
    }

    @Override
    protected void tick(long nowNanos) {
      events.add("tick " + name + " " + nowNanos);
      if (leavesOnTick) {
        loop.remove(this);
      }
    }

    @Override
    protected void fail(Throwable failure) {
      events.add("fail " + name);
    }
  }
}
