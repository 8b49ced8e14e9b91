// The endpoint without a hub, by the client's own connection below its hubs. Each case is a pair of a
// name and a function of the server's address and a transport.
import { HttpTransportType, LogLevel, TransferFormat } from '@microsoft/signalr';
import { HttpConnection } from '@microsoft/signalr/dist/cjs/HttpConnection.js';
import { same, soon } from '../suite/kit.mjs';

const TEXT = 'Hello, Wörld! \u{1f680}';

async function echoed(connection, text) {
  const received = soon(new Promise((resolve) => (connection.onreceive = resolve)), 'echo');
  const closed = soon(new Promise((resolve) => (connection.onclose = resolve)), 'close');
  await connection.start(TransferFormat.Text);
  await connection.send(text);
  same(await received, text);
  await connection.stop();
  same(await closed, undefined, 'close error');
}

export const echo = [
  ['echoes text as one message, and closes cleanly', (url, transport) =>
    echoed(
      new HttpConnection(`${url}/echo`, {
        transport: HttpTransportType[transport], logger: LogLevel.None,
      }),
      TEXT)],
];

export const echoOnce = [
  ['echoes over a WebSocket without negotiation', (url) =>
    echoed(
      new HttpConnection(`${url}/echo`, {
        transport: HttpTransportType.WebSockets, skipNegotiation: true, logger: LogLevel.None,
      }),
      TEXT)],

  // The client's library for event streams fails on a redirect without a host.
  ['polls when WebSockets are redirected, following every redirect', (url) =>
    echoed(
      new HttpConnection(`${url}/echoredirect`, {
        transport: HttpTransportType.WebSockets | HttpTransportType.LongPolling,
        logger: LogLevel.None,
      }),
      TEXT)],
];
