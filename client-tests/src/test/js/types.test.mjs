// A value of every Java type in docs/types.md, there and back, as a JavaScript program holds it.
import { after, before, test } from 'node:test';
import * as signalR from '@microsoft/signalr';
import * as msgpack from '@microsoft/signalr-protocol-msgpack';
import { TEST_TIMEOUT, required } from './environment.mjs';
import { same } from './suite/kit.mjs';

const LEAP_DAY = '2024-02-29T12:30:45.123Z';

/** By the name of the row: the value in JSON, and in MessagePack if it is another one there. */
const rows = {
  'boolean': [true],
  'int': [42],
  'long': [Number.MAX_SAFE_INTEGER],
  'float': [0.5],
  'double': [0.25],
  'char': ['c', 99],
  'String': ['h\u00e9'],
  'BigDecimal': [1.1, '1.10'],
  'BigInteger': [4294967296],
  'byte[]': ['AQID', Uint8Array.of(1, 2, 3)],
  'UUID': ['00112233-4455-6677-8899-aabbccddeeff'],
  'URI': ['https://example.org/?a=b'],
  'enum': [1, 'DarkRed'],
  'enum, by name': ['DarkRed'],
  'Instant': [LEAP_DAY, new Date(LEAP_DAY)],
  'OffsetDateTime': ['2016-05-10T13:51:20+12:34', [new Date('2016-05-10T13:51:20Z'), 12 * 60 + 34]],
  'LocalDateTime': ['2024-02-29T12:30:45', new Date('2024-02-29T12:30:45Z')],
  'LocalDate': ['2024-02-29', 738_944],
  'LocalTime': ['12:30:45.5000000', (12 * 3600 + 30 * 60 + 45.5) * 10_000_000],
  'Duration': ['00:00:01.5000000', 15_000_000],
  'Optional<T>': [7],
  'List<T>': [['a', 'b']],
  'Map<K, V>': [{ a: 1 }],
  'record': [{ firstName: 'Ann', age: null }, { FirstName: 'Ann', Age: null }],
  'bean': [{ homeTown: 'Bath' }, { HomeTown: 'Bath' }],
  'Map<K, List<T>>': [{ k: [{ firstName: 'Ann', age: 7 }] }, { k: [{ FirstName: 'Ann', Age: 7 }] }],
  'sealed interface': [{ $type: 'Circle', radius: 2 }, [0, { Radius: 2 }]],
  '@JsonSubTypes class': [{ $type: 'van', wheels: 4 }, [1, { Wheels: 4 }]],
  'Object': [{ a: [1, 'x', true, null] }],
};

const connections = {};

before(async () => {
  const build = () => new signalR.HubConnectionBuilder()
    .configureLogging(signalR.LogLevel.None)
    .withUrl(required('HUBWIRE_URL'));
  connections.json = build().build();
  connections.msgpack = build().withHubProtocol(new msgpack.MessagePackHubProtocol()).build();
  await Promise.all(Object.values(connections).map((connection) => connection.start()));
});

after(() => Promise.all(Object.values(connections).map((connection) => connection.stop())));

test('plays the rows of the table', () =>
  same(Object.keys(rows).sort(), JSON.parse(required('HUBWIRE_TYPES')).sort(), 'rows'));

for (const [name, [inJson, inMessagePack = inJson]] of Object.entries(rows)) {
  for (const [protocol, value] of [['json', inJson], ['msgpack', inMessagePack]]) {
    test(`${protocol} ${name}`, { timeout: TEST_TIMEOUT }, async () =>
      same(await connections[protocol].invoke(name, value), value));
  }
}

for (const protocol of ['json', 'msgpack']) {
  test(`${protocol} an empty Optional is null`, { timeout: TEST_TIMEOUT }, async () =>
    same(await connections[protocol].invoke('Optional<T>', null), null));
}
