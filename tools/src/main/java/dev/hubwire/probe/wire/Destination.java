package dev.hubwire.probe.wire;

import dev.hubwire.negotiation.Redirect;
import dev.hubwire.negotiation.token.ConnectionToken;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Where a hub is, as its clients are told.
 *
 * @param hub absolute, {@code http} or {@code https}, without {@code /negotiate}
 * @param accessToken the bearer token, or null for none
 */
public record Destination(URI hub, @Nullable String accessToken) {
  public Destination {
    boolean isHttp = "http".equals(hub.getScheme()) || "https".equals(hub.getScheme());
    if (!isHttp || hub.getHost() == null || hub.getRawFragment() != null) {
      throw new IllegalArgumentException("url: " + hub + " (expected: http(s)://host[:port]/path)");
    }
    if (path(hub).endsWith("/negotiate")) {
      throw new IllegalArgumentException(
          "url: " + hub + " (expected: the hub's URL, without /negotiate)");
    }
  }

  /** The same with the token that a redirect brings, if it brings one. */
  public Destination redirected(Redirect to) {
    return new Destination(
        URI.create(to.url()), to.accessToken() == null ? accessToken : to.accessToken());
  }

  public Destination at(URI other) {
    return new Destination(other, accessToken);
  }

  /** Where to negotiate, with version 1 as all clients of today ask for. */
  public URI negotiate() {
    String path = path(hub);
    return with(
        path.endsWith("/") ? path + "negotiate" : path + "/negotiate", "negotiateVersion=1");
  }

  /** Where requests of a connection go. */
  public URI connection(ConnectionToken token) {
    return with(path(hub), "id=" + token.value());
  }

  /**
   * The same, with the access token in the query, as browsers send it where they may set no header.
   */
  public URI connectionWithAccessToken(ConnectionToken token) {
    return with(path(hub), "id=" + token.value() + "&" + accessTokenParameter());
  }

  /** Where to negotiate, with the access token in the query, which no client does by itself. */
  public URI negotiateWithAccessToken() {
    return URI.create(negotiate() + "&" + accessTokenParameter());
  }

  /** The same place for a WebSocket. */
  public static URI webSocket(URI http) {
    return URI.create("ws" + http.toString().substring("http".length()));
  }

  /** The origin of the hub's own pages. */
  public String origin() {
    return hub.getScheme() + "://" + hub.getRawAuthority();
  }

  /** The token is a credential and stays out of what is printed. */
  @Override
  public String toString() {
    return hub.toString();
  }

  private String accessTokenParameter() {
    String token = accessToken == null ? "" : accessToken;
    return "access_token=" + URLEncoder.encode(token, StandardCharsets.UTF_8);
  }

  private URI with(String path, String parameter) {
    String query = hub.getRawQuery();
    return URI.create(origin() + path + "?" + (query == null ? "" : query + "&") + parameter);
  }

  private static String path(URI uri) {
    return uri.getRawPath() == null ? "" : uri.getRawPath();
  }
}
