package dev.hubwire.server;

import dev.hubwire.transport.Limit;
import dev.hubwire.transport.session.Refusals;
import io.undertow.connector.ByteBufferPool;
import io.undertow.protocols.ssl.UndertowXnioSsl;
import io.undertow.server.HttpHandler;
import io.undertow.server.protocol.http.AlpnOpenListener;
import io.undertow.server.protocol.http.HttpOpenListener;
import io.undertow.server.protocol.http2.Http2OpenListener;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.xnio.ChannelListener;
import org.xnio.ChannelListeners;
import org.xnio.IoUtils;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.XnioExecutor;
import org.xnio.XnioWorker;
import org.xnio.channels.AcceptingChannel;
import org.xnio.ssl.SslConnection;

/**
 * Accepts TLS connections for HTTP/1.1 and HTTP/2, as Undertow's own listener does, and cuts those
 * whose handshake takes too long: Undertow sets no timer before a protocol is agreed on.
 */
final class TlsListener implements AutoCloseable {
  /** Undertow's own preferences among the names of protocols. */
  private static final int HTTP2_WEIGHT = 10;

  private final AcceptingChannel<SslConnection> server;

  private TlsListener(AcceptingChannel<SslConnection> server) {
    this.server = server;
  }

  /** What the listeners of a server have in common. */
  record Surroundings(
      XnioWorker worker,
      ByteBufferPool buffers,
      OptionMap serverOptions,
      OptionMap socketOptions,
      HttpHandler root) {}

  /**
   * @param refusals counts the handshakes that were cut
   */
  static TlsListener open(
      Listener listener, Surroundings around, Duration handshakeTimeout, Refusals refusals)
      throws IOException {
    TlsKeys keys = listener.keys();
    if (keys == null) {
      throw new IllegalArgumentException("a listener in the clear is Undertow's");
    }
    AlpnOpenListener protocols = protocols(around);
    UndertowXnioSsl tls =
        new UndertowXnioSsl(
            around.worker().getXnio(),
            OptionMap.create(Options.USE_DIRECT_BUFFERS, true),
            keys.context());
    AcceptingChannel<SslConnection> server =
        tls.createSslConnectionServer(
            around.worker(),
            listener.address(),
            ChannelListeners.openListenerAdapter(
                connection -> {
                  limit(connection, handshakeTimeout, refusals);
                  protocols.handleEvent(connection);
                }),
            around.socketOptions());
    server.resumeAccepts();
    return new TlsListener(server);
  }

  InetSocketAddress address() {
    return server.getLocalAddress(InetSocketAddress.class);
  }

  /** Accepts no more; what was accepted goes on. */
  @Override
  public void close() {
    IoUtils.safeClose(server);
  }

  private static AlpnOpenListener protocols(Surroundings around) {
    HttpOpenListener http1 = new HttpOpenListener(around.buffers(), around.serverOptions());
    AlpnOpenListener protocols =
        new AlpnOpenListener(around.buffers(), around.serverOptions(), http1);
    Http2OpenListener http2 = new Http2OpenListener(around.buffers(), around.serverOptions());
    protocols.addProtocol(Http2OpenListener.HTTP2, http2, HTTP2_WEIGHT);
    protocols.setRootHandler(around.root());
    return protocols;
  }

  /** On the connection's IO thread, as all of its listeners. */
  private static void limit(SslConnection connection, Duration timeout, Refusals refusals) {
    XnioExecutor.Key timer =
        connection
            .getIoThread()
            .executeAfter(
                () -> {
                  refusals.count(
                      Limit.TLS_HANDSHAKE_TIME,
                      connection.getLocalAddress(),
                      connection.getPeerAddress());
                  IoUtils.safeClose(connection);
                },
                timeout.toMillis(),
                TimeUnit.MILLISECONDS);
    ChannelListener<SslConnection> done = unused -> timer.remove();
    connection.getHandshakeSetter().set(done);
    // Whoever speaks HTTP sets its own in place of this one, when the timer is long gone.
    connection.setCloseListener(closed -> timer.remove());
  }
}
