// Errors with their exact texts, and the order of calls.
import { Inbox, refused, same } from './kit.mjs';

const NO_METHOD = 'HubException: Method does not exist.';

function failed(method, detail = '') {
  return `Failed to invoke '${method}' due to an error on the server.${detail && ` ${detail}`}`;
}

/** The items of a stream, when it has ended. */
function collected(stream) {
  return new Promise((resolve, reject) => {
    const items = [];
    stream.subscribe({ next: (item) => items.push(item), error: reject, complete: () => resolve(items) });
  });
}

export const calls = [
  ['hides the text of an unexpected failure', async (stage) => {
    const connection = await stage.open();
    await refused(
      connection.invoke('Throw', 'secret'),
      "An unexpected error occurred invoking 'Throw' on the server.");
  }],

  ['tells the text of a hub exception', async (stage) => {
    const connection = await stage.open();
    await refused(
      connection.invoke('ThrowHubException', 'told'),
      "An unexpected error occurred invoking 'ThrowHubException' on the server. HubException: told");
  }],

  ['knows only the methods of the hub, by the names on the wire', async (stage) => {
    const connection = await stage.open();
    for (const method of [
      'NoSuchMethod', 'DeclaredName', 'OnConnectedAsync', 'onConnected', 'onDisconnected',
      'toString', 'hashCode', 'bind', 'context',
      ...(stage.isBinary ? [] : ['']), // a target without a name breaks the rules of MessagePack
    ]) {
      await refused(connection.invoke(method), failed(method, NO_METHOD));
    }
    same(await connection.invoke('Echo', 'still here'), 'still here');
  }],

  ['refuses arguments that do not fit', async (stage) => {
    const connection = await stage.open();
    await refused(connection.invoke('Add', 1), failed('Add'));
    await refused(connection.invoke('Add', 1, 2, 3), failed('Add'));
    await refused(connection.invoke('Add', 'one', 'two'), failed('Add'));
    await refused(connection.invoke('Add', 1, 2.5), failed('Add'));
    await refused(connection.invoke('Add', 1, null), failed('Add'));
    await refused(connection.invoke('EchoInt', 2_147_483_648), failed('EchoInt'));
    await refused(connection.invoke('EchoBool', 1), failed('EchoBool'));
    await refused(connection.invoke('EchoBytes', [1, 256]), failed('EchoBytes'));
    await refused(connection.invoke('EchoDate', 'yesterday'), failed('EchoDate'));
    await refused(connection.invoke('EchoList', 'a'), failed('EchoList'));
    await refused(connection.invoke('EchoMap', { x: 'one' }), failed('EchoMap'));
    same(await connection.invoke('Echo', 'still here'), 'still here');
  }],

  ['survives failures of calls that want no answer', async (stage) => {
    const connection = await stage.open();
    await connection.send('NoSuchMethod');
    await connection.send('Add', 'one');
    await connection.send('Throw', 'unheard');
    await connection.send('Nothing');
    same(await connection.invoke('Echo', 'still here'), 'still here');
  }],

  ['runs one call at a time, in order', async (stage) => {
    const connection = await stage.open();
    const finished = [];
    await Promise.all([
      connection.invoke('Delay', 100).then(() => finished.push('slow')),
      connection.invoke('Echo', 'quick').then(() => finished.push('quick')),
      connection.invoke('Throw', 'oops').catch(() => finished.push('failed')),
      connection.invoke('Nothing').then(() => finished.push('last')),
    ]);
    same(finished, ['slow', 'quick', 'failed', 'last']);
  }],

  ['keeps the order of a thousand sends', async (stage) => {
    const connection = await stage.open();
    const inbox = new Inbox(connection);
    const numbers = Array.from({ length: 1000 }, (_, i) => String(i));
    await Promise.all(numbers.map((number) => connection.send('SendToCaller', number)));
    await inbox.expect(...numbers);
  }],

  ['keeps items per connection', async (stage) => {
    const [one, other] = await stage.several(2);
    await one.invoke('SetItem', 'k', 'v');
    same(await one.invoke('GetItem', 'k'), 'v');
    same(await one.invoke('GetItem', 'K'), null);
    same(await other.invoke('GetItem', 'k'), null);
  }],

  ['welcomes who asks for it, and knows the query', async (stage) => {
    const connection = stage.build({ path: '/conformance?welcome=1&colour=blue%20green&empty=' });
    const welcome = new Inbox(connection, 'welcome');
    await connection.start();
    await welcome.expect(await stage.idOf(connection));
    same(await connection.invoke('GetQuery', 'colour'), 'blue green');
    same(await connection.invoke('GetQuery', 'Colour'), 'blue green');
    same(await connection.invoke('GetQuery', 'empty'), '');
    same(await connection.invoke('GetQuery', 'absent'), null);
    same(await connection.invoke('GetHeader', 'X-Absent'), null);
  }],

  ['streams from the server, in order and to the end', async (stage) => {
    const connection = await stage.open();
    same(await collected(connection.stream('Counter', 100, 0)), [...Array(100).keys()]);
    same(await collected(connection.stream('Counter', 0, 0)), []);
    await refused(
      collected(connection.stream('FailingCounter', 2)),
      'An error occurred on the server while streaming results.');
    await refused(
      collected(connection.stream('Echo', 'x')),
      "The client attempted to invoke the non-streaming 'Echo' method with a streaming invocation.");
  }],

  ['cancels a stream, and calls go on meanwhile', async (stage) => {
    const connection = await stage.open();
    const before = await connection.invoke('CancelledStreams');
    const third = new Promise((resolve) => {
      const subscription = connection.stream('InfiniteCounter', 1).subscribe({
        next: (item) => item === 2 && resolve(subscription),
        error: () => {},
        complete: () => {},
      });
    });
    same(await connection.invoke('Echo', 'meanwhile'), 'meanwhile');
    (await third).dispose();
    while (await connection.invoke('CancelledStreams') === before) {
      // The cancellation is on its way.
    }
  }],
];
