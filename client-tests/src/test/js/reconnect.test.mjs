// Stateful reconnect: the official client behind a network that fails and comes back.
import { describe, test } from 'node:test';
import * as signalR from '@microsoft/signalr';
import * as msgpack from '@microsoft/signalr-protocol-msgpack';
import { TEST_TIMEOUT, required } from './environment.mjs';
import { Relay } from './relay.mjs';
import { Inbox, Stage, eventually, mark, pause, same, soon } from './suite/kit.mjs';
import { waysNamed } from './suite/ways.mjs';

const url = required('HUBWIRE_URL');

async function alone(way, run) {
  const relay = await Relay.before(url);
  const stage = new Stage({ signalR, msgpack, url }, way);
  try {
    await run(stage, relay);
  } finally {
    await stage.close();
    relay.close();
  }
}

/** A connection through the relay that survives it; counts what the application would notice. */
async function survivor(stage, relay, options = {}) {
  const connection = stage.build({ url: relay.url, statefulReconnect: true, ...options });
  connection.noticed = [];
  connection.onclose(() => connection.noticed.push('close'));
  connection.onreconnecting(() => connection.noticed.push('reconnecting'));
  await soon(connection.start(), 'start');
  connection.firstId = connection.connectionId;
  return connection;
}

/** Cuts the way, and waits until it is there again: a client tries only once. */
async function interrupted(relay, connection) {
  relay.interrupt();
  await connection.invoke('Nothing');
}

async function isTheSame(stage, connection) {
  same(connection.noticed, [], 'noticed');
  same(connection.connectionId, connection.firstId, 'id here');
  same(await stage.idOf(connection), connection.firstId, 'id there');
}

const numbers = (count) => Array.from({ length: count }, (_, i) => i);

const cases = [
  ['goes on as the same connection', async (stage, relay) => {
    const connection = await survivor(stage, relay);
    await connection.invoke('SetItem', 'colour', 'blue');
    relay.interrupt();
    same(await connection.invoke('GetItem', 'colour'), 'blue');
    await isTheSame(stage, connection);
  }],

  ['finishes a call whose answer had no way back', async (stage, relay) => {
    const connection = await survivor(stage, relay);
    const answer = connection.invoke('Delay', 500);
    await pause(100);
    relay.interrupt();
    same(await soon(answer, 'answer'), 500);
    await isTheSame(stage, connection);
  }],

  ['gets once what was sent while the way was cut', async (stage, relay) => {
    const connection = await survivor(stage, relay);
    const inbox = new Inbox(connection);
    const other = await stage.open();
    const [before, after] = [mark(), mark()];
    relay.interrupt();
    await other.invoke('SendToConnection', connection.firstId, before);
    await other.invoke('SendToConnection', connection.firstId, after);
    await inbox.expect(before, after);
    await inbox.expectNothing();
    await isTheSame(stage, connection);
  }],

  ['stays in its groups', async (stage, relay) => {
    const connection = await survivor(stage, relay);
    const inbox = new Inbox(connection);
    const group = mark();
    await connection.invoke('JoinGroup', group);
    relay.interrupt();
    await (await stage.open()).invoke('SendToGroup', group, 'hello');
    await inbox.expect('hello');
    await isTheSame(stage, connection);
  }],

  ['goes on with a stream where it was', async (stage, relay) => {
    const connection = await survivor(stage, relay);
    const items = [];
    const done = new Promise((complete, error) =>
      connection.stream('Counter', 60, 10).subscribe({ next: (item) => items.push(item), complete, error }));
    for (let i = 0; i < 4; i++) {
      await pause(50);
      await interrupted(relay, connection);
    }
    await soon(done, 'end of the stream');
    same(items, numbers(60), 'items');
    await isTheSame(stage, connection);
  }],

  ['goes on with an upload where it was', async (stage, relay) => {
    const connection = await survivor(stage, relay);
    const subject = new signalR.Subject();
    const sum = connection.invoke('UploadSum', subject, 0);
    for (const item of numbers(60)) {
      subject.next(item);
      await pause(5);
      if (item % 20 === 10) {
        const before = relay.delivered;
        relay.interrupt();
        await eventually(() => relay.delivered > before, 'the way back');
        await pause(50);
      }
    }
    subject.complete();
    same(await soon(sum, 'sum'), 1770);
    await isTheSame(stage, connection);
  }],

  ['loses and repeats nothing, however often it is cut', async (stage, relay) => {
    const connection = await survivor(stage, relay);
    const inbox = new Inbox(connection);
    const sent = [];
    let cutting = true;
    const cuts = (async () => {
      for (let i = 0; i < 15; i++) {
        await pause(Math.random() * 80);
        await interrupted(relay, connection);
      }
      cutting = false;
    })();
    while (cutting) {
      const text = String(sent.length);
      sent.push(text);
      // Not awaited: calls are under way all the time.
      void connection.send('SendToCaller', text);
      await pause(Math.random() * 4);
    }
    await cuts;
    await inbox.expect(...sent);
    await inbox.expectNothing();
    await isTheSame(stage, connection);
  }],

  ['is over when it says so', async (stage, relay) => {
    const connection = await survivor(stage, relay);
    const { firstId } = connection;
    await connection.stop();
    same(connection.noticed, ['close'], 'noticed');
    const other = await stage.open();
    await other.invoke('SendToConnection', firstId, 'anybody there');
  }],

  ['is over when the server says so', async (stage, relay) => {
    const connection = await survivor(stage, relay);
    relay.interrupt();
    await connection.invoke('Nothing');
    await connection.send('AbortMe');
    same(await soon(connection.closing, 'close'), undefined, 'close error');
    same(connection.noticed, ['close'], 'noticed');
  }],

  ['ends when its one attempt fails', async (stage, relay) => {
    const connection = await survivor(stage, relay);
    relay.cut();
    await soon(connection.closing, 'close');
    same(connection.noticed, ['close'], 'noticed');
  }],

  ['comes back as another connection when its one attempt fails', async (stage, relay) => {
    const connection = await survivor(stage, relay, { reconnectAfter: [300] });
    relay.cut();
    await eventually(() => connection.state === 'Reconnecting', 'reconnecting');
    relay.mend();
    await eventually(() => connection.state === 'Connected', 'connected');
    same(connection.connectionId === connection.firstId, false, 'the same id');
    same(await connection.invoke('Echo', 'here'), 'here');
  }],
];

/** What the reference gets wrong (docs/differences.md). */
const beyondTheReference = [
  // Its acknowledgement may be lost, and is not sent again.
  ['sends more than the buffers of both sides hold', async (stage, relay) => {
    const connection = await survivor(stage, relay, { bufferSize: 20_000 });
    const inbox = new Inbox(connection);
    const long = 'x'.repeat(5_000);
    const sending = (async () => {
      for (const i of numbers(40)) {
        await connection.send('SendToCaller', `${i}${long}`);
      }
    })();
    await pause(200);
    relay.interrupt();
    await inbox.expect(...numbers(40).map((i) => `${i}${long}`));
    await sending;
    await isTheSame(stage, connection);
  }],

  ['takes over from a socket that looks alive to the server', async (stage, relay) => {
    const connection = await survivor(stage, relay);
    const inbox = new Inbox(connection);
    for (const text of ['one', 'two', 'three']) {
      relay.abandon();
      await connection.invoke('SendToCaller', text);
    }
    await inbox.expect('one', 'two', 'three');
    await isTheSame(stage, connection);
  }],
];

describe('reconnect', { concurrency: true }, () => {
  const all = process.env.HUBWIRE_REFERENCE ? cases : [...cases, ...beyondTheReference];
  for (const way of waysNamed(required('HUBWIRE_WAYS'))) {
    if (way.transport === 'WebSockets' && !way.skipNegotiation) {
      for (const [name, run] of all) {
        test(`${way.name} ${name}`, { timeout: TEST_TIMEOUT }, () => alone(way, run));
      }
    }
  }
});
