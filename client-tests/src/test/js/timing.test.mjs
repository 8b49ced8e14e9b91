// Keep-alive and time-outs, against a server whose intervals are short. Everything waits at once.
import { describe, test } from 'node:test';
import * as signalR from '@microsoft/signalr';
import * as msgpack from '@microsoft/signalr-protocol-msgpack';
import { TEST_TIMEOUT, required } from './environment.mjs';
import { Relay } from './relay.mjs';
import { Stage, eventually, pause, same, soon } from './suite/kit.mjs';
import { waysNamed } from './suite/ways.mjs';

const url = required('HUBWIRE_URL');
const clientTimeout = Number(required('HUBWIRE_CLIENT_TIMEOUT_MS'));
/** The server looks at its timers about once a second. */
const scan = 1_000;

async function alone(way, run) {
  const relay = await Relay.before(url);
  const stage = new Stage({ signalR, msgpack, url: relay.url }, way);
  try {
    await run(stage, relay);
  } finally {
    await stage.close();
    relay.close();
  }
}

async function started(stage, { serverTimeout, keepAlive }) {
  const connection = stage.build();
  connection.serverTimeoutInMilliseconds = serverTimeout;
  connection.keepAliveIntervalInMilliseconds = keepAlive;
  await connection.start();
  return connection;
}

async function staysConnected(connection, milliseconds) {
  same(await Promise.race([connection.closing.then(() => 'closed'), pause(milliseconds)]), undefined);
  same(await connection.invoke('Echo', 'still here'), 'still here');
}

const withPings = [
  ['keeps a client alive that waits for pings', async (stage) => {
    const connection = await started(stage, { serverTimeout: 3 * scan, keepAlive: 200 });
    await staysConnected(connection, 4 * scan);
  }],

  ['closes a client that falls silent after its first ping', async (stage, relay) => {
    const connection = await started(stage, { serverTimeout: 60_000, keepAlive: 1 });
    await connection.invoke('Nothing');
    const before = relay.received;
    await eventually(() => relay.received > before, 'ping of the client');
    relay.mute();
    const { message } = await soon(connection.closing, 'close', clientTimeout + 3 * scan);
    same(message, 'Server returned an error on close: Connection closed with an error.');
  }],

  ['is given up by a client that waits too shortly for a ping', async (stage) => {
    const connection = await started(stage, { serverTimeout: 60_000, keepAlive: 60_000 });
    connection.serverTimeoutInMilliseconds = 100;
    await connection.invoke('Nothing');
    const { message } = await soon(connection.closing, 'close');
    same(message, 'Server timeout elapsed without receiving a message from the server.');
    same(await (await stage.open()).invoke('Echo', 'next'), 'next');
  }],
];

/** Polls keep a connection alive by themselves, so neither side pings or counts the time without. */
const withoutPings = [
  ['needs no pings', async (stage) => {
    const connection = await started(stage, { serverTimeout: 100, keepAlive: 1 });
    await staysConnected(connection, clientTimeout + 2 * scan);
  }],
];

describe('timing', { concurrency: true }, () => {
  for (const way of waysNamed(required('HUBWIRE_WAYS'))) {
    const timings = way.transport === 'LongPolling' ? withoutPings : withPings;
    for (const [name, run] of timings) {
      test(`${way.name} ${name}`, { timeout: TEST_TIMEOUT }, () => alone(way, run));
    }
  }
});
