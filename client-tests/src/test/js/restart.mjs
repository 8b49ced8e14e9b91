// Clients that reconnect by themselves, always busy, while the nodes behind a load balancer come and go. Prints
// "connected" when all are, and on SIGTERM, as JSON, what they went through.
import * as signalR from '@microsoft/signalr';
import { required } from './environment.mjs';
import { mark, pause, soon } from './suite/kit.mjs';

const url = required('HUBWIRE_URL');
const perWay = Number(required('HUBWIRE_CLIENTS'));

/** How long a message may take that the server has sent, in milliseconds. */
const arrival = 2_000;
const ITEMS = 15;
const ITEM_DELAY = 100;
/** Between two streams, in milliseconds: a client without gaps keeps its node until the time-out. */
const GAP = 100;

const { HttpTransportType } = signalR;
const told = new Promise((resolve) => process.once('SIGTERM', resolve));
let stopping = false;

class Client {
  /** What the server answered, and what it did not. */
  #answered = new Set();
  #failed = new Set();
  #received = new Set();
  report = {
    reconnects: 0, failedReconnects: [], streams: 0, unstartedStreams: 0, brokenStreams: [], closed: null,
  };

  constructor({ transport, stateful }) {
    const builder = new signalR.HubConnectionBuilder()
      .configureLogging(signalR.LogLevel.None)
      .withUrl(url, { transport, headers: { 'User-Agent': `client ${mark()}` } })
      .withAutomaticReconnect({ nextRetryDelayInMilliseconds: (context) => this.#delay(context) });
    this.connection = (stateful ? builder.withStatefulReconnect() : builder).build();
    this.connection.on('receive', (text) => this.#received.add(text));
    this.connection.onreconnected(() => { this.report.reconnects++; });
    this.connection.onclose((error) => { this.report.closed = stopping ? null : String(error); });
  }

  async start() {
    await soon(this.connection.start(), 'start');
    this.report.firstNode = await this.connection.invoke('NodeName');
  }

  /** Calls, one after another: each sends the client a text, which tells that it ran. */
  async call() {
    while (!stopping) {
      if (this.#isConnected()) {
        const text = mark();
        await this.connection.invoke('SendToCaller', text).then(
          () => this.#answered.add(text),
          () => this.#failed.add(text));
      }
      await pause(5);
    }
  }

  /** Streams, one after another; the server may not have begun one that fails without an item. */
  async stream() {
    while (!stopping) {
      if (this.#isConnected()) {
        this.#count(await this.#items());
      }
      await pause(GAP);
    }
  }

  async finish() {
    const deadline = Date.now() + arrival;
    while (this.#missing().length > 0 && Date.now() < deadline) {
      await pause(20);
    }
    Object.assign(this.report, {
      answered: this.#answered.size,
      failed: this.#failed.size,
      lost: this.#missing(),
      ranAndFailed: [...this.#failed].filter((text) => this.#received.has(text)),
      lastNode: this.#isConnected() ? await this.connection.invoke('NodeName') : null,
    });
    await this.connection.stop();
    return this.report;
  }

  #items() {
    return new Promise((resolve) => {
      let items = 0;
      this.connection.stream('Counter', ITEMS, ITEM_DELAY).subscribe({
        next: () => { items++; },
        complete: () => resolve({ items }),
        error: (error) => resolve({ items, error }),
      });
    });
  }

  #count({ items, error }) {
    if (items === ITEMS && !error) {
      this.report.streams++;
    } else if (items === 0 && error) {
      this.report.unstartedStreams++;
    } else {
      this.report.brokenStreams.push(`${items} items: ${error?.message}`);
    }
  }

  #delay({ previousRetryCount, retryReason }) {
    if (previousRetryCount > 0) {
      this.report.failedReconnects.push(retryReason.message);
    }
    return previousRetryCount === 0 ? 0 : 200;
  }

  #missing() {
    return [...this.#answered].filter((text) => !this.#received.has(text));
  }

  #isConnected() {
    return this.connection.state === signalR.HubConnectionState.Connected;
  }
}

const ways = [
  { transport: HttpTransportType.WebSockets },
  { transport: HttpTransportType.WebSockets, stateful: true },
  { transport: HttpTransportType.ServerSentEvents },
  { transport: HttpTransportType.LongPolling },
];
const clients = ways.flatMap((way) => Array.from({ length: perWay }, () => new Client(way)));
await Promise.all(clients.map((client) => client.start()));
// The first of each way streams, the others call.
const busy = clients.map((client, i) => (i % perWay === 0 ? client.stream() : client.call()));
console.log('connected');
await told;
stopping = true;
await Promise.all(busy);
console.log(JSON.stringify(await Promise.all(clients.map((client) => client.finish()))));
process.exit();
