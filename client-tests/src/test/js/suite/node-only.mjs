// Cases that need what a page may not do.
import { Inbox, mark, same } from './kit.mjs';

export const onlyInNode = [
  ['knows the headers of its request', async (stage) => {
    const connection = await stage.open({ headers: { 'X-Colour': 'blue; green, red' } });
    same(await connection.invoke('GetHeader', 'X-Colour'), 'blue; green, red');
    same(await connection.invoke('GetHeader', 'x-colour'), 'blue; green, red');
    same(await connection.invoke('GetHeader', 'X-Absent'), null);
  }],

  ['broadcasts to two hundred connections', async (stage) => {
    const connections = await stage.several(200);
    const inboxes = connections.map((connection) => new Inbox(connection));
    const text = mark();
    await connections[0].invoke('Broadcast', text);
    await Promise.all(inboxes.map((inbox) => inbox.until(text)));
  }],
];
