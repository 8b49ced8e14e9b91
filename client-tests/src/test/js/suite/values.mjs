// Values there and back, and the binding of arguments.
import { Inbox, same } from './kit.mjs';

/** Whatever JSON, records, UTF-8 or a page could trip over. */
export const TRICKY =
  'plain "quoted" \\ back\r\nnew\u001eline\ttab \u0000 nul \u00fcn\u00efc\u00f6d\u00e9 \ud55c\uad6d\uc5b4 \u{1f680} <script>&amp;\u2028\u2029';

async function echoes(connection, method, ...values) {
  for (const value of values) {
    same(await connection.invoke(method, value), value, method);
  }
}

export const values = [
  ['reports its transport, its node and its connection id', async (stage) => {
    const connection = await stage.open();
    const me = await stage.identityOf(connection);
    same(me.transport, stage.way.transport, 'transport');
    same(me.userIdentifier, null, 'user');
    same(me.node, await connection.invoke('NodeName'), 'node');
    same(/^[\w-]{22}$/.test(me.connectionId), true, `${me.connectionId} is an id`);
    same(connection.connectionId, stage.way.skipNegotiation ? null : me.connectionId, 'id');
  }],

  ['echoes texts', async (stage) => {
    await echoes(await stage.open(), 'Echo', 'hello', '', TRICKY, null, 'x'.repeat(10_000));
  }],

  ['echoes numbers and booleans', async (stage) => {
    const connection = await stage.open();
    await echoes(connection, 'EchoInt', 0, -1, 2_147_483_647, -2_147_483_648);
    await echoes(connection, 'EchoLong', 0, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER);
    await echoes(connection, 'EchoDouble', 0, -0.1, 7, 1e300, Number.MIN_VALUE);
    await echoes(connection, 'EchoBool', true, false);
  }],

  ['echoes bytes, lists, maps and dates', async (stage) => {
    const connection = await stage.open();
    const [bytes, none, date, epoch] = stage.isBinary
      ? [Uint8Array.of(0, 1, 30, 255), new Uint8Array(), new Date('2026-11-21T01:02:03.456Z'), new Date(0)]
      : ['AAEe/w==', '', '2026-11-21T01:02:03.456Z', '1970-01-01T00:00:00Z'];
    await echoes(connection, 'EchoBytes', bytes, none, null);
    await echoes(connection, 'EchoDate', date, epoch, null);
    await echoes(connection, 'EchoList', ['a', 'b', TRICKY], [], null);
    await echoes(connection, 'EchoMap', { x: 1, 'Two words': -2 }, {}, null);
  }],

  ['echoes objects, nested and null', async (stage) => {
    const inner = { name: 'inner', value: 2, tags: null, nested: null };
    const outer = { name: TRICKY, value: 1, tags: ['t', 'u'], nested: inner };
    await echoes(await stage.open(), 'EchoObject', stage.object(outer), null);
  }],

  ['fills what an object leaves out, and ignores what it has too much', async (stage) => {
    const connection = await stage.open();
    const name = stage.isBinary ? 'Name' : 'NAME'; // MessagePack does not ignore case
    same(
      await connection.invoke('EchoObject', { [name]: 'n', surplus: { a: [1] } }),
      stage.object({ name: 'n', value: 0, tags: null, nested: null }));
  }],

  ['binds arguments in order and ignores the case of names', async (stage) => {
    const connection = await stage.open();
    same(await connection.invoke('Add', 2, 3), 5);
    same(await connection.invoke('add', 2, 3), 5);
    same(await connection.invoke('MANYARGUMENTS', 'a', 1, true, 'd'), 'a|1|true|d');
    same(await connection.invoke('DefaultedNull', null), 'null');
    same(await connection.invoke('Renamed'), 'renamed');
    same(await connection.invoke('Nothing'), null);
  }],

  ['calls the client back, with texts and objects', async (stage) => {
    const connection = await stage.open();
    const texts = new Inbox(connection);
    const objects = new Inbox(connection, 'RECEIVEOBJECT');
    await connection.invoke('SendToCaller', TRICKY);
    await texts.expect(TRICKY);
    await connection.invoke('SendObjectToCaller');
    await objects.expect(stage.object({ name: 'n', value: 1, tags: ['x'], nested: null }));
  }],
];
