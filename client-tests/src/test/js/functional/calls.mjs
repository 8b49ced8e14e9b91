// Calls in both directions, and how connections end.
import { mark, refused, rejection, same, soon } from '../suite/kit.mjs';
import { called, open } from './hub.mjs';

export const calls = [
  ['echoes texts', async (stage) => {
    const connection = await open(stage);
    for (const text of ['Hello, World!', '', 'Straße, 한국어, \u{1f680}', 'x'.repeat(10_000)]) {
      same(await connection.invoke('Echo', text), text);
    }
  }],

  ['tells the caller the id of the negotiation', async (stage) => {
    const connection = await open(stage);
    const id = await connection.invoke('GetCallerConnectionId');
    same(/^[\w-]{22}$/.test(id), true, `${id} is an id`);
    same(connection.connectionId, stage.way.skipNegotiation ? null : id, 'id');
  }],

  ['knows its transport', async (stage) => {
    const connection = await open(stage);
    same(await connection.invoke('GetActiveTransportName'), stage.way.transport);
  }],

  ['tells the kind and text of every failure', async (stage) => {
    const connection = await open(stage);
    await refused(
      connection.invoke('ThrowException', 'An error occurred.'),
      "An unexpected error occurred invoking 'ThrowException' on the server. "
        + 'InvalidOperationException: An error occurred.');
    same(await connection.invoke('Echo', 'still here'), 'still here');
  }],

  ['sends the client a message before the answer', async (stage) => {
    const connection = await open(stage);
    const arrived = [];
    connection.on('Message', (text) => arrived.push(text));
    const text = mark();
    await connection.invoke('InvokeWithString', text).then(() => arrived.push('answered'));
    same(arrived, [text, 'answered']);
  }],

  ['sends objects with the names of their members', async (stage) => {
    const connection = await open(stage);
    const sent = called(connection, 'CustomObject');
    await connection.invoke('SendCustomObject', { Name: 'test', Value: 42 });
    same(await sent, [{ Name: 'test', Value: 42 }]);
  }],

  ['says which kind of call a method is for', async (stage) => {
    const connection = await open(stage);
    for (const method of ['EmptyStream', 'Stream']) {
      await refused(
        connection.invoke(method),
        `The client attempted to invoke the streaming '${method}' method with a non-streaming invocation.`);
    }
    const failed = new Promise((resolve) => {
      connection.stream('Echo', 'x').subscribe({ next() {}, error: resolve, complete: resolve });
    });
    same(
      (await failed).message,
      "The client attempted to invoke the non-streaming 'Echo' method with a streaming invocation.");
  }],

  ['knows paths in any case', async (stage) => {
    const connection = await stage.open({ path: '/TESTHUB' });
    same(await connection.invoke('Echo', 'here'), 'here');
  }],

  ['ends without an error, and starts again under a new id', async (stage) => {
    const connection = stage.build({ path: '/testhub' });
    const ends = [];
    connection.onclose((error) => ends.push(error));
    const ids = new Set();
    for (let round = 1; round <= 3; round++) {
      await soon(connection.start(), 'start');
      ids.add(await connection.invoke('GetCallerConnectionId'));
      await connection.stop();
    }
    same(ends, [undefined, undefined, undefined], 'ends');
    same(ids.size, 3, 'ids');
  }],

  ['may stop in the middle of a stream', async (stage) => {
    const connection = await open(stage);
    const failed = new Promise((resolve) => {
      connection.stream('InfiniteStream').subscribe({ next() {}, error: resolve, complete: resolve });
    });
    same(await connection.invoke('Echo', 'meanwhile'), 'meanwhile');
    await connection.stop();
    same((await failed).message, 'Invocation canceled due to the underlying connection being closed.');
  }],

  ['is sent away by a hub that cannot be made', async (stage) => {
    const connection = stage.build({ path: '/uncreatable' });
    // Whichever the client hears first, its handshake's answer or the end: never both.
    const told = await connection
      .start()
      .then(() => soon(connection.closing, 'end'), (error) => error);
    const reason =
      'Connection closed with an error. InvalidOperationException: Unable to resolve service for '
      + "type 'System.Object' while attempting to activate 'FunctionalTests.UncreatableHub'.";
    // The client's first ping may come too late, which it is told by the answer to its request.
    if (stage.way.transport !== 'ServerSentEvents' || !told.message.includes('404')) {
      same(told.message, `Server returned an error on close: ${reason}`, 'end');
    }
  }],
];

/** Only ways that negotiate. */
export const negotiated = [
  ['does not offer WebSockets everywhere', async (stage) => {
    const path = '/testhub-nowebsockets';
    if (stage.way.transport === 'WebSockets') {
      same(
        await rejection(stage.build({ path }).start()),
        'Unable to connect to the server with any of the available transports. '
          + "ServerSentEvents failed: Error: 'ServerSentEvents' is disabled by the client. "
          + "LongPolling failed: Error: 'LongPolling' is disabled by the client.");
      return;
    }
    const connection = await stage.open({ path });
    same(await connection.invoke('GetActiveTransportName'), stage.way.transport);
  }],

  ['falls back to the best that is offered', async (stage) => {
    const best = stage.isBinary ? 'LongPolling' : 'ServerSentEvents';
    const connection = await stage.open({ path: '/testhub-nowebsockets', transport: undefined });
    same(await connection.invoke('GetActiveTransportName'), best);
  }],
];
