// How connections end and come back.
import { eventually, rejection, same, soon } from './kit.mjs';

const CLOSED_WITH_ERROR = 'Server returned an error on close: Connection closed with an error.';

export const lifetimes = [
  ['ends without an error when the client stops', async (stage) => {
    const [watcher, connection] = await stage.neighbours();
    const before = await watcher.invoke('DisconnectedCount');
    await connection.stop();
    same(await soon(connection.closing, 'close'), undefined, 'close error');
    await eventually(
      async () => (await watcher.invoke('DisconnectedCount')) > before, 'onDisconnected');
  }],

  ['is ended by an abort of the server, and does not come back', async (stage) => {
    const connection = await stage.open({ reconnectAfter: [0, 0, 0] });
    let came = 0;
    connection.onreconnecting(() => came++);
    await connection.send('AbortMe');
    same(await soon(connection.closing, 'close'), undefined, 'close error');
    same(came, 0, 'attempts to reconnect');
  }],

  ['may stop in the middle of a call', async (stage) => {
    const connection = await stage.open();
    // Until then the call may be on its way, where the end of a connection can overtake it.
    const running = new Promise((resolve) => connection.on('answer', (question) => {
      resolve(question);
      return new Promise(() => {});
    }));
    const answer = rejection(connection.invoke('AskCaller', 'are you there'));
    await soon(running, 'question');
    await connection.stop();
    same(await answer, 'Invocation canceled due to the underlying connection being closed.');
    same(await soon(connection.closing, 'close'), undefined, 'close error');
  }],

  ['carries messages of 30 KB', async (stage) => {
    const connection = await stage.open();
    const big = 'x'.repeat(30_000);
    same(await connection.invoke('Echo', big), big);
  }],

  ['closes on a message of 40 KB', async (stage) => {
    const connection = await stage.open();
    const answer = rejection(connection.invoke('Echo', 'x'.repeat(40_000)));
    same((await soon(connection.closing, 'close')).message, CLOSED_WITH_ERROR, 'close error');
    same(await answer, CLOSED_WITH_ERROR, 'error');
  }],

  ['comes back under a new id after its socket was cut', async (stage) => {
    const connection = await stage.open({ url: stage.relay.url, reconnectAfter: [0, 50, 200, 500] });
    connection.onreconnecting(() => stage.relay.mend());
    const back = new Promise((resolve) => connection.onreconnected(resolve));
    const before = await stage.idOf(connection);
    await connection.invoke('SetItem', 'k', 'v');
    await stage.relay.cut();
    await soon(back, 'reconnect');
    same((await stage.idOf(connection)) === before, false, 'same id');
    same(await connection.invoke('GetItem', 'k'), null, 'item');
    same(await connection.invoke('Echo', 'again'), 'again');
  }],

  ['stays down after its socket was cut when it is not told to come back', async (stage) => {
    const connection = await stage.open({ url: stage.relay.url });
    await stage.relay.cut();
    await soon(connection.closing, 'close');
    await stage.relay.mend();
    same(connection.state, 'Disconnected', 'state');
  }],
];
