package dev.hubwire.hub;

import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a call belongs in a trace, as its client says (W3C Trace Context; {@code
 * docs/protocol/net11-additions.md} §4). The .NET client sends it, the others do not.
 *
 * @param traceparent well-formed
 * @param tracestate null for none
 * @param baggage null for none
 */
public record TraceContext(
    String traceparent, @Nullable String tracestate, @Nullable String baggage) {

  private static final Pattern TRACEPARENT =
      Pattern.compile(
          "(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(-.*)?");

  /** Null if there is none, or none that can be read: a call is never refused for its trace. */
  static @Nullable TraceContext of(Map<String, String> headers) {
    String traceparent = headers.get("traceparent");
    if (traceparent == null || !TRACEPARENT.matcher(traceparent).matches()) {
      return null;
    }
    String baggage = headers.get("baggage");
    return new TraceContext(
        traceparent,
        headers.get("tracestate"),
        // The name that .NET used before.
        baggage != null ? baggage : headers.get("Correlation-Context"));
  }
}
