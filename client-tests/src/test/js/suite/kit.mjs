// What the cases are written with. Runs unchanged in Node and in a page: no import, no global of either.

/** How long anything that must happen may take, in milliseconds. */
const PATIENCE = 10_000;

export class Failure extends Error {}

/** Both values as JSON are equal; bytes are the list of them. */
export function same(actual, expected, what = 'value') {
  const [was, should] = [actual, expected].map((value) => JSON.stringify(
    value, (_, part) => (part instanceof Uint8Array ? { bytes: [...part] } : part)));
  if (was !== should) {
    throw new Failure(`${what}: ${was} (expected: ${should})`);
  }
}

/** The promise is rejected, and this is the message. */
export async function refused(promise, message) {
  same(await rejection(promise), message, 'error');
}

/** The message a promise is rejected with. */
export async function rejection(promise) {
  try {
    await promise;
  } catch (error) {
    return error.message;
  }
  throw new Failure('no error (expected: one)');
}

/** The promise's value, in time. */
export function soon(promise, what, patience = PATIENCE) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Failure(`${what}: not within ${patience} ms`)), patience);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

/** Asks again and again until the answer is yes. */
export async function eventually(question, what, patience = PATIENCE) {
  const deadline = Date.now() + patience;
  while (!(await question())) {
    if (Date.now() > deadline) {
      throw new Failure(`${what}: not within ${patience} ms`);
    }
    await pause(20);
  }
}

export function pause(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** A text that nothing else in this run sends. */
export function mark() {
  return `${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}`;
}

/** What a connection receives under one method name, in order. */
export class Inbox {
  #arrived = [];
  #waiting = [];
  #connection;

  constructor(connection, method = 'receive') {
    this.#connection = connection;
    connection.on(method, (item) => {
      const waiter = this.#waiting.shift();
      if (waiter) {
        waiter(item);
      } else {
        this.#arrived.push(item);
      }
    });
  }

  next() {
    if (this.#arrived.length > 0) {
      return Promise.resolve(this.#arrived.shift());
    }
    return soon(new Promise((resolve) => this.#waiting.push(resolve)), 'message');
  }

  async expect(...items) {
    for (const item of items) {
      same(await this.next(), item, 'message');
    }
  }

  /** Skips what others broadcast until this item is there. */
  async until(item) {
    while ((await this.next()) !== item);
  }

  /** Nothing has arrived: what the connection sends itself now is the next thing it receives. */
  async expectNothing() {
    const own = mark();
    await this.#connection.invoke('SendToCaller', own);
    await this.expect(own);
  }
}

function renamed(value, rename) {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    return value;
  }
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [rename(name), renamed(member, rename)]));
}

/**
 * Where one case plays: a server, a way to reach it, and the connections opened so far. The
 * environment brings what Node and a page do differently.
 *
 * @property environment.signalR the official client
 * @property environment.msgpack its package for MessagePack
 * @property environment.url the server's address
 * @property environment.relay `{url, cut(), mend()}`: a network to the same server that can fail
 */
export class Stage {
  #opened = [];

  constructor(environment, way) {
    this.signalR = environment.signalR;
    this.msgpack = environment.msgpack;
    this.url = environment.url;
    this.relay = environment.relay;
    this.way = way;
  }

  /** Whether values travel in MessagePack: bytes and dates as such, objects with their capitals. */
  get isBinary() {
    return this.way.protocol === 'messagepack';
  }

  /** An object whose members are named as the protocol of this way names them. */
  object(value) {
    return this.isBinary ? renamed(value, (name) => name[0].toUpperCase() + name.slice(1)) : value;
  }

  /** The reverse of `object`. */
  plain(value) {
    return this.isBinary ? renamed(value, (name) => name[0].toLowerCase() + name.slice(1)) : value;
  }

  /** A connection that is not started yet. */
  build({ url = this.url, path = '/conformance', reconnectAfter, statefulReconnect, bufferSize, ...http } = {}) {
    const { HubConnectionBuilder, HttpTransportType, LogLevel } = this.signalR;
    const builder = new HubConnectionBuilder()
      .configureLogging(LogLevel.None)
      .withUrl(url + path, {
        transport: HttpTransportType[this.way.transport],
        skipNegotiation: this.way.skipNegotiation === true,
        ...http,
      });
    if (this.isBinary) {
      builder.withHubProtocol(new this.msgpack.MessagePackHubProtocol());
    }
    if (reconnectAfter) {
      builder.withAutomaticReconnect(reconnectAfter);
    }
    if (statefulReconnect) {
      builder.withStatefulReconnect({ bufferSize });
    }
    const connection = builder.build();
    connection.closing = new Promise((resolve) => connection.onclose(resolve));
    this.#opened.push(connection);
    return connection;
  }

  async open(options) {
    const connection = this.build(options);
    await soon(connection.start(), 'start');
    return connection;
  }

  several(count, options) {
    return Promise.all(Array.from({ length: count }, () => this.open(options)));
  }

  /** Two connections on one node: what nodes count, each counts for itself. */
  async neighbours() {
    const first = new Map();
    for (;;) {
      const connection = await this.open();
      const node = await connection.invoke('NodeName');
      if (first.has(node)) {
        return [first.get(node), connection];
      }
      first.set(node, connection);
    }
  }

  /** The connection's id as the server knows it; the client does not know it without negotiation. */
  async idOf(connection) {
    return (await this.identityOf(connection)).connectionId;
  }

  /** What the server knows of the connection. */
  async identityOf(connection) {
    return this.plain(await connection.invoke('WhoAmI'));
  }

  /** Options that authenticate a connection. */
  async as(user, role) {
    const query = new URLSearchParams(role ? { user, role } : { user });
    const token = await (await fetch(`${this.url}/token?${query}`)).text();
    return { accessTokenFactory: () => token };
  }

  async close() {
    await Promise.all(this.#opened.map((connection) => connection.stop()));
  }
}

/** Runs one case, and leaves no connection behind. */
export async function play(run, environment, way) {
  const stage = new Stage(environment, way);
  try {
    await run(stage);
  } finally {
    await stage.close();
  }
}
