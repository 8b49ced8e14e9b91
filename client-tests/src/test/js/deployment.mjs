// Connects through a load balancer in every way that a client can, and prints for each what came of it, as JSON.
import * as signalR from '@microsoft/signalr';
import { required } from './environment.mjs';
import { pause, same, soon } from './suite/kit.mjs';

const url = required('HUBWIRE_URL');
/** Connections that all have to work, one after another. */
const attempts = Number(required('HUBWIRE_ATTEMPTS'));
/** How long each stays silent, in milliseconds. */
const idle = Number(required('HUBWIRE_IDLE_MS'));

const { HttpTransportType } = signalR;
const ways = {
  webSockets: { transport: HttpTransportType.WebSockets },
  skippingNegotiation: { transport: HttpTransportType.WebSockets, skipNegotiation: true },
  serverSentEvents: { transport: HttpTransportType.ServerSentEvents },
  longPolling: { transport: HttpTransportType.LongPolling },
  any: {},
};

/** Ends the attempt that is under way: the client throws some of its errors where nobody can catch them. */
let fail = () => {};
process.on('uncaughtException', (error) => fail(error));

/** One connection; the server takes those of another name for another client's. Compression as browsers ask for it. */
async function connect(name, way) {
  const connection = new signalR.HubConnectionBuilder()
    .configureLogging(signalR.LogLevel.None)
    .withUrl(url, { ...way, headers: { 'User-Agent': `deployment ${url} ${name}`, 'Accept-Encoding': 'gzip' } })
    .build();
  let lost;
  connection.onclose((error) => { lost = error ?? new Error('The connection ended without an error.'); });
  try {
    const uncaught = new Promise((_, reject) => { fail = reject; });
    await soon(Promise.race([connection.start(), uncaught]), 'start');
    const { node, transport } = await connection.invoke('WhoAmI');
    await pause(idle);
    for (const text of ['several', 'requests']) {
      same(await connection.invoke('Echo', text), text);
    }
    return { node, transport };
  } catch (error) {
    throw lost ?? error;
  } finally {
    // A client that threw while it started never stops.
    await Promise.race([connection.stop(), pause(500)]);
  }
}

async function outcome(name, way) {
  const nodes = new Set();
  const transports = new Set();
  let error = null;
  for (let attempt = 0; attempt < attempts && error === null; attempt++) {
    try {
      const { node, transport } = await connect(name, way);
      nodes.add(node);
      transports.add(transport);
    } catch (failure) {
      error = failure.message;
    }
  }
  return { way: name, nodes: [...nodes].sort(), transports: [...transports], error };
}

// One after another, so that whose turn it is at the balancer depends on nothing else; but waiting is done at once.
const outcomes = [];
for (const [name, way] of Object.entries(ways)) {
  const next = outcome(name, way);
  outcomes.push(next);
  if (idle === 0) {
    await next;
  }
}
for (const next of outcomes) {
  console.log(JSON.stringify(await next));
}
process.exit();
