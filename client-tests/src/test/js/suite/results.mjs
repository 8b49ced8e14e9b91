// The server asks clients, and waits for what they answer.
import { refused, same, soon } from './kit.mjs';

function failed(method, detail = '') {
  return `An unexpected error occurred invoking '${method}' on the server.${detail && ` ${detail}`}`;
}

const PATH = '/conformance-results';
const NEVER = () => new Promise(() => {});

export const results = [
  ['asks its caller, and others by their ids', async (stage) => {
    const [asker, asked] = await stage.several(2);
    asker.on('answer', (question) => `${question}!`);
    asked.on('answer', async (question) => `${question}?`);
    same(await asker.invoke('AskCaller', 'mine'), 'mine!');
    same(await asker.invoke('AskConnection', await stage.idOf(asked), 'yours'), 'yours?');
  }],

  ['takes null for an answer', async (stage) => {
    const connection = await stage.open();
    connection.on('answer', () => null);
    same(await connection.invoke('AskCaller', 'anything'), null);
  }],

  ['passes on why a client could not answer', async (stage) => {
    const connection = await stage.open();
    await refused(
      connection.invoke('AskCaller', 'nobody listens'),
      failed('AskCaller', "HubException: Client didn't provide a result."));
    connection.on('answer', () => {
      throw new Error('no idea');
    });
    await refused(
      connection.invoke('AskCaller', 'who knows'),
      failed('AskCaller', 'HubException: Error: no idea'));
  }],

  ['knows when a client cannot answer any more', async (stage) => {
    const [asker, asked] = await stage.several(2);
    const id = await stage.idOf(asked);
    const heard = new Promise((resolve) => asked.on('answer', (question) => {
      resolve(question);
      return NEVER();
    }));
    const answer = asker.invoke('AskConnection', id, 'are you there');
    same(await soon(heard, 'question'), 'are you there');
    const where = await Promise.all([asker, asked].map((one) => one.invoke('NodeName')));
    const why = where[0] === where[1] ? '' : 'HubException: Connection disconnected.';
    await Promise.all([refused(answer, failed('AskConnection', why)), asked.stop()]);
    await refused(asker.invoke('AskConnection', id, 'and now'), failed('AskConnection'));
    await refused(asker.invoke('AskConnection', 'no-such-connection', ''), failed('AskConnection'));
  }],

  ['answers calls that a client makes before it answers', async (stage) => {
    const connection = await stage.open();
    connection.on('answer', (question) => connection.invoke('Echo', `${question} echoed`));
    same(await connection.invoke('AskCaller', 'why'), 'why echoed');
  }],

  ['keeps many questions apart', async (stage) => {
    const connection = await stage.open();
    const waiting = [];
    const all = 50;
    connection.on('answer', (question) => new Promise((resolve) => {
      waiting.push(() => resolve(`${question}!`));
      if (waiting.length === all) {
        waiting.reverse().forEach((answer) => answer());
      }
    }));
    const answers = Array.from({ length: all }, (_, i) => connection.invoke('AskCaller', `${i}`));
    same(await Promise.all(answers), Array.from({ length: all }, (_, i) => `${i}!`));
  }],

  ['waits no longer than it is told to, and ignores what comes late', async (stage) => {
    const connection = await stage.open({ path: PATH });
    const late = [];
    connection.on('answer', (question) => (
      question === 'slow' ? new Promise((resolve) => late.push(resolve)) : `${question}!`));
    await refused(
      connection.invoke('AskWithin', 'slow', 50),
      failed('AskWithin', 'HubException: Invocation canceled by the server.'));
    late.forEach((answer) => answer('at last'));
    same(await connection.invoke('AskWithin', 'quick', 10_000), 'quick!');
  }],

  ['asks for bytes, and for what is not what it gets', async (stage) => {
    const connection = await stage.open({ path: PATH });
    connection.on('bytes', (value) => value);
    connection.on('number', () => 'many');
    const bytes = stage.isBinary ? new Uint8Array([0, 1, 255]) : 'AAH/';
    same(await connection.invoke('AskForBytes', bytes), bytes);
    await refused(
      connection.invoke('AskForNumber'),
      failed('AskForNumber', 'HubException: Error trying to deserialize result.'));
    connection.off('number');
    connection.on('number', () => 7);
    same(await connection.invoke('AskForNumber'), 7);
  }],

  ['gathers the answers of several, and goes on without those that are silent', async (stage) => {
    const [asker, failing, silent] = await stage.several(3, { path: PATH });
    asker.on('answer', (question) => `${question}!`);
    failing.on('answer', () => Promise.reject('no idea'));
    silent.on('answer', NEVER);
    const ids = await Promise.all([asker, failing, silent].map((one) => one.invoke('Id')));
    same(
      (await asker.invoke('AskEach', [...ids, 'no-such-connection'], 'well', 500)).sort(),
      [
        "failed: Connection 'no-such-connection' does not exist.",
        'failed: Invocation canceled by the server.',
        'failed: no idea',
        'well!',
      ]);
  }],
];
