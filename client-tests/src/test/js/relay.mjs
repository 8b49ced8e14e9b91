import { createServer, connect } from 'node:net';
import { once } from 'node:events';

/** A TCP relay in front of a server: the bad network that a test needs. */
export class Relay {
  #sockets = new Set();
  #clients = new Map();
  #abandoned = new WeakSet();
  #server;
  #down = false;

  /** Bytes that clients have sent so far. */
  received = 0;

  /** Bytes that went to clients so far. */
  delivered = 0;

  static async before(url) {
    const { hostname, port } = new URL(url);
    const relay = new Relay();
    relay.#server = createServer((client) => relay.#join(client, connect(Number(port), hostname)));
    relay.#server.listen(0, '127.0.0.1');
    await once(relay.#server, 'listening');
    relay.url = `http://127.0.0.1:${relay.#server.address().port}`;
    return relay;
  }

  #join(client, upstream) {
    if (this.#down) {
      client.resetAndDestroy();
      upstream.destroy();
      return;
    }
    for (const [from, to] of [[client, upstream], [upstream, client]]) {
      this.#sockets.add(from);
      from.on('error', () => this.#abandoned.has(from) || to.destroy());
      from.on('close', () => {
        this.#sockets.delete(from);
        if (!this.#abandoned.has(from)) {
          to.destroy();
        }
      });
      from.pipe(to);
    }
    this.#clients.set(client, upstream);
    client.on('data', (chunk) => (this.received += chunk.length));
    upstream.on('data', (chunk) => (this.delivered += chunk.length));
    client.on('close', () => this.#clients.delete(client));
  }

  /** From now on nothing that the clients of now send reaches the server; answers still pass. */
  mute() {
    for (const [client, upstream] of this.#clients) {
      client.unpipe(upstream);
      client.resume();
    }
  }

  /** Cuts what is open, without a goodbye on either side, and lets nobody in until it is mended. */
  cut() {
    this.#down = true;
    for (const socket of this.#sockets) {
      socket.resetAndDestroy();
    }
  }

  /** Cuts what is open, and lets the same clients in again at once. */
  interrupt() {
    this.cut();
    this.mend();
  }

  /** Cuts what is open on the side of the clients only: the server does not notice. */
  abandon() {
    for (const [client, upstream] of this.#clients) {
      client.unpipe(upstream);
      upstream.unpipe(client);
      upstream.resume();
      this.#abandoned.add(client);
      client.resetAndDestroy();
    }
  }

  mend() {
    this.#down = false;
  }

  close() {
    this.cut();
    this.#server.close();
  }
}
