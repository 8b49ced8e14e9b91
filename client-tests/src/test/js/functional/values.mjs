// Values of each kind, as each protocol writes them.
import { same } from '../suite/kit.mjs';
import { open, sameMembers } from './hub.mjs';

/** Bytes and dates are texts in JSON, and themselves in MessagePack. */
function complex(stage, { bytes, base64, date, ...others }) {
  return stage.isBinary
    ? { ...others, ByteArray: new Uint8Array(bytes), DateTime: new Date(date) }
    : { ...others, ByteArray: base64, DateTime: date };
}

function checked(stage, actual, expected) {
  sameMembers(actual, expected);
  if (stage.isBinary) {
    same(actual.ByteArray instanceof Uint8Array, true, 'bytes are bytes');
    same(actual.DateTime instanceof Date, true, 'a date is a date');
  }
}

export const values = [
  ['echoes an object with a value of each kind', async (stage) => {
    const object = complex(stage, {
      String: 'Hello, World!',
      IntArray: [0x01, 0x02, 0x03, 0xff],
      bytes: [0xff, 0x03, 0x02, 0x01],
      base64: '/wMCAQ==',
      Guid: '00010203-0405-0607-0706-050403020100',
      date: '2002-04-01T10:20:15Z',
    });
    const connection = await open(stage);
    checked(stage, await connection.invoke('EchoComplexObject', object), object);
  }],

  ['receives an object with a value of each kind', async (stage) => {
    const connection = await open(stage);
    checked(stage, await connection.invoke('SendComplexObject'), complex(stage, {
      String: 'hello world',
      IntArray: [1, 2, 3],
      bytes: [1, 2, 3],
      base64: 'AQID',
      Guid: '00010203-0405-0607-0706-050403020100',
      date: '2000-01-01T00:00:00Z',
    }));
  }],
];
