package dev.hubwire.negotiation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.AlphaChars;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NegotiateRequestTest {
  private static final NegotiateRequest NOT_AN_INTEGER =
      new NegotiateRequest.Invalid("The client requested a non-integer protocol version.");

  @Test
  void absentVersionMeansZero() {
    assertThat(NegotiateRequest.parse(null, null, 0))
        .isEqualTo(new NegotiateRequest.Valid(0, false));
    assertThat(NegotiateRequest.parse(null, null, 1)).isEqualTo(unsupported("0"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1",
        "2",
        "99",
        "+1",
        " 1 ",
        "\t1\r",
        "\u000b\f1",
        "1\0",
        "1 \0\0",
        "00000000000000000001",
        "2147483647"
      })
  void highVersionsAreCappedAtOne(String text) {
    assertThat(NegotiateRequest.parse(text, null, 0))
        .isEqualTo(new NegotiateRequest.Valid(1, false));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-0", "+0", " 000 "})
  void zeroIsZeroHoweverItIsWritten(String text) {
    assertThat(NegotiateRequest.parse(text, null, 0))
        .isEqualTo(new NegotiateRequest.Valid(0, false));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "abc",
        "1.5",
        "1.0",
        "1e0",
        "0x1",
        "1,1",
        "1,000",
        "(1)",
        "+",
        "-",
        "--1",
        "+-1",
        "- 1",
        "1 1",
        "1\0 ",
        "\0" + "1",
        "\u00a01",
        "\u00851",
        "\u22121",
        "\u0661",
        "2147483648",
        "-2147483649",
        "18446744073709551617",
        "4294967296"
      })
  void whatDotNetDoesNotReadAsAnIntegerIsRefused(String text) {
    assertThat(NegotiateRequest.parse(text, null, 0)).isEqualTo(NOT_AN_INTEGER);
    assertThat(NegotiateRequest.parse(text, null, 1)).isEqualTo(NOT_AN_INTEGER);
  }

  @Test
  void aVersionBelowTheMinimumIsNamedInTheError() {
    assertThat(NegotiateRequest.parse("-1", null, 0)).isEqualTo(unsupported("-1"));
    assertThat(NegotiateRequest.parse(" -2147483648 ", null, 0))
        .isEqualTo(unsupported("-2147483648"));
    assertThat(NegotiateRequest.parse("+0", null, 1)).isEqualTo(unsupported("0"));
  }

  @Test
  void theMinimumIsComparedBeforeTheVersionIsCapped() {
    assertThat(NegotiateRequest.parse("1", null, 2)).isEqualTo(unsupported("1"));
    assertThat(NegotiateRequest.parse("2", null, 2))
        .isEqualTo(new NegotiateRequest.Valid(1, false));
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "True", "TRUE", " true\t", "\u00a0true\u0085", "\0true\0"})
  void statefulReconnectIsAskedForByTheTextTrue(String text) {
    assertThat(NegotiateRequest.parse("1", text, 0)).isEqualTo(new NegotiateRequest.Valid(1, true));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "false", "1", "yes", "true,true", "\u001ftrue", "\u200btrue", "tr ue"})
  void anyOtherTextDoesNotAskForStatefulReconnect(String text) {
    assertThat(NegotiateRequest.parse("1", text, 0))
        .isEqualTo(new NegotiateRequest.Valid(1, false));
  }

  @Test
  void aVersionThatIsNeverAnsweredCannotBeBuilt() {
    assertThatThrownBy(() -> new NegotiateRequest.Valid(2, false))
        .hasMessage("version: 2 (expected: 0 to 1)");
  }

  @Property
  void anyIntegerInAnyDecorationReadsAsItself(@ForAll("decorated") Decorated integer) {
    NegotiateRequest expected =
        integer.value() < 0
            ? unsupported(Integer.toString(integer.value()))
            : new NegotiateRequest.Valid(Math.min(integer.value(), 1), false);
    assertThat(NegotiateRequest.parse(integer.text(), null, 0)).isEqualTo(expected);
  }

  @Property
  void aLetterAnywhereMakesItNoInteger(
      @ForAll String before, @ForAll @AlphaChars char letter, @ForAll String after) {
    assertThat(NegotiateRequest.parse(before + letter + after, null, 0)).isEqualTo(NOT_AN_INTEGER);
  }

  @Provide
  Arbitrary<Decorated> decorated() {
    Arbitrary<String> white = Arbitraries.strings().withChars(" \t\n\u000b\f\r").ofMaxLength(3);
    Arbitrary<String> zeros = Arbitraries.strings().withChars('0').ofMaxLength(12);
    Arbitrary<String> nuls = Arbitraries.strings().withChars('\0').ofMaxLength(2);
    return Combinators.combine(Arbitraries.integers(), white, zeros, white, nuls)
        .as(
            (value, before, padding, after, end) -> {
              String digits = padding + Long.toString(Math.abs((long) value));
              return new Decorated(value, before + (value < 0 ? "-" : "+") + digits + after + end);
            });
  }

  record Decorated(int value, String text) {}

  private static NegotiateRequest unsupported(String version) {
    return new NegotiateRequest.Invalid(
        "The client requested version '"
            + version
            + "', but the server does not support this"
            + " version.");
  }
}
