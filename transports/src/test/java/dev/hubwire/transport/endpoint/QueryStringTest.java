package dev.hubwire.transport.endpoint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

final class QueryStringTest {
  @Test
  void namesAndValuesAreDecodedInOrder() {
    assertThat(QueryString.parse("a=1&b=x+y%2B&a=%E2%82%AC&flag&=v&&c==").pairs())
        .containsExactly("a", "1", "b", "x y+", "a", "€", "flag", "", "", "v", "c", "=");
    assertThat(QueryString.parse("").pairs()).isEmpty();
  }

  @Test
  void namesAreFoundInAnyLetterCase() {
    QueryString query = QueryString.parse("NegotiateVersion=1");

    assertThat(query.value("negotiateversion")).isEqualTo("1");
    assertThat(query.value("negotiate")).isNull();
  }

  @Test
  void severalValuesAreJoinedWithoutTheEmptyOnes() {
    assertThat(QueryString.parse("id=a&ID=b").value("id")).isEqualTo("a,b");
    assertThat(QueryString.parse("id=&id=b&id=").value("id")).isEqualTo("b");
    assertThat(QueryString.parse("id=&id").value("id")).isEmpty();
  }

  @Test
  void aPercentSignThatEscapesNothingStandsForItself() {
    assertThat(QueryString.parse("a=%zz&b=1%&c=%4&d=%4142").pairs())
        .containsExactly("a", "%zz", "b", "1%", "c", "%4", "d", "A42");
  }

  @Property
  void anyPairComesBackFromItsEncoding(@ForAll String name, @ForAll String value) {
    String encoded = URLEncoder.encode(name, UTF_8) + "=" + URLEncoder.encode(value, UTF_8);

    assertThat(QueryString.parse(encoded).pairs())
        .isEqualTo(List.of(unicode(name), unicode(value)));
  }

  @Property
  void anyTextIsReadWithoutComplaint(@ForAll String raw) {
    assertThat(QueryString.parse(raw).pairs().size() % 2).isZero();
  }

  /** What is left of a text in UTF-8: lone surrogates become question marks. */
  private static String unicode(String text) {
    return new String(text.getBytes(UTF_8), UTF_8);
  }
}
