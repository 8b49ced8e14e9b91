package dev.hubwire.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hubwire.hub.ClientProxy;
import dev.hubwire.hub.Hub;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MethodReturnTest {

  @ParameterizedTest
  @CsvSource({
    "nothing, VOID, false",
    "number, VALUE, false",
    "list, VALUE, false",
    "stream, STREAM, false",
    "ints, STREAM, false",
    "iterable, ITERABLE, false",
    "iterator, ITERATOR, false",
    "publisher, PUBLISHER, false",
    "laterNothing, VOID, true",
    "laterNumber, VALUE, true",
    "laterStream, STREAM, true",
    "laterAnything, VALUE, true",
    "ownStage, PUBLISHER, true",
    "inherited, STREAM, false"
  })
  void tellsHowAResultIsHandedOver(String method, ReturnKind kind, boolean deferred) {
    HubMethodDescriptor descriptor =
        Objects.requireNonNull(
            HubMethodTable.of(ReturningHub.class, HubExtensions.NONE, false).find(method));
    assertThat(descriptor.returns()).isEqualTo(new MethodReturn(kind, deferred));
    assertThat(kind.isStream()).isEqualTo(!kind.name().toUpperCase(Locale.ROOT).startsWith("V"));
  }

  static final class PublisherStage extends CompletableFuture<Flow.Publisher<String>> {}

  abstract static class BaseHub<T> extends Hub<ClientProxy> {
    public abstract T inherited();
  }

  abstract static class ReturningHub extends BaseHub<Stream<String>> {
    public abstract void nothing();

    public abstract int number();

    public abstract List<String> list();

    public abstract Stream<String> stream();

    public abstract IntStream ints();

    public abstract Iterable<String> iterable();

    public abstract Iterator<String> iterator();

    public abstract Flow.Publisher<String> publisher();

    public abstract CompletionStage<Void> laterNothing();

    public abstract CompletableFuture<Integer> laterNumber();

    public abstract CompletionStage<Stream<String>> laterStream();

    @SuppressWarnings("rawtypes") // What the case is about.
    public abstract CompletionStage laterAnything();

    public abstract PublisherStage ownStage();
  }
}
