package dev.hubwire.hub;

import java.util.Map;

/**
 * What a hub is used for, named as the reference names it in traces ({@code
 * docs/protocol/hub-semantics.md} §27).
 *
 * @param method of a call, the name on the wire as it is declared; of a callback, the reference's
 * @param caller with the {@linkplain HubCallerContext#traceContext trace context} of a call
 */
public record HubOperation(Kind kind, Class<?> hubClass, String method, HubCallerContext caller) {

  /** Kinds of operations. */
  public enum Kind {
    /** A client calls: a span of kind server. */
    INVOCATION("InvocationIn"),
    /** A client has come: an internal span. */
    CONNECTED("OnConnected"),
    /** A client is gone: an internal span. */
    DISCONNECTED("OnDisconnected"),
    /** A client has shown newer credentials: an internal span. */
    AUTHENTICATION_REFRESHED("OnAuthenticationRefreshed");

    private final String suffix;

    Kind(String suffix) {
      this.suffix = suffix;
    }

    /** The name of the reference's activity. */
    public String operationName() {
      return "Microsoft.AspNetCore.SignalR.Server." + suffix;
    }
  }

  /** A name for a span. */
  public String spanName() {
    return hubClass.getName() + "/" + method;
  }

  /** Attributes of a span. One that failed has {@code error.type}, the failure's class, too. */
  public Map<String, String> attributes() {
    return Map.of("rpc.system", "signalr", "rpc.service", hubClass.getName(), "rpc.method", method);
  }
}
