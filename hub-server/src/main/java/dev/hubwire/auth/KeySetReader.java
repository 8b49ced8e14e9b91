package dev.hubwire.auth;

import com.nimbusds.jose.util.DefaultResourceRetriever;
import java.io.IOException;
import java.net.URI;

/** Reads a key set from where its issuer publishes it; blocks meanwhile. */
@FunctionalInterface
interface KeySetReader {
  /** The set as JSON (RFC 7517 §5). */
  String read(URI url) throws IOException;

  /** Over HTTP, with bounds on time and size. */
  static KeySetReader overHttp() {
    int timeoutMillis = 5_000;
    int maxBytes = 256 * 1024;
    var retriever = new DefaultResourceRetriever(timeoutMillis, timeoutMillis, maxBytes);
    return url -> retriever.retrieveResource(url.toURL()).getContent();
  }
}
