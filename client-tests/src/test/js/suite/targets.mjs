// Whom a message reaches.
import { Inbox, mark, refused, rejection, same } from './kit.mjs';

async function audience(stage, count, options) {
  const connections = await stage.several(count, options);
  return {
    connections,
    inboxes: connections.map((connection) => new Inbox(connection)),
    ids: await Promise.all(connections.map((connection) => stage.idOf(connection))),
  };
}

export const targets = [
  ['addresses all, others, one, several, and all but some', async (stage) => {
    const { connections: [a], inboxes: [ofA, ofB, ofC], ids: [idA, idB, idC] } =
      await audience(stage, 3);
    const text = mark();
    await a.invoke('Broadcast', text);
    await Promise.all([ofA, ofB, ofC].map((inbox) => inbox.expect(text)));
    await a.invoke('SendToOthers', 'others');
    await Promise.all([ofB, ofC].map((inbox) => inbox.expect('others')));
    await a.invoke('SendToConnection', idB, 'b');
    await ofB.expect('b');
    await a.invoke('SendToConnections', [idA, idC, idC], 'a and c');
    await Promise.all([ofA, ofC].map((inbox) => inbox.expect('a and c')));
    await a.invoke('BroadcastExcept', 'not a', [idA, 'no-such-connection']);
    await Promise.all([ofB, ofC].map((inbox) => inbox.expect('not a')));
    await a.invoke('SendToConnection', 'no-such-connection', 'lost');
    await Promise.all([ofA, ofB, ofC].map((inbox) => inbox.expectNothing()));
  }],

  ['addresses groups', async (stage) => {
    const { connections: [a, b, c], inboxes: [ofA, ofB, ofC], ids: [idA, idB, idC] } =
      await audience(stage, 3);
    const [one, two] = [mark(), mark()];
    await a.invoke('JoinGroup', one);
    await a.invoke('JoinGroup', one);
    await b.invoke('JoinGroup', one);
    await a.invoke('AddToGroup', idC, two);
    await c.invoke('SendToGroup', one, '1');
    await Promise.all([ofA, ofB].map((inbox) => inbox.expect('1')));
    await a.invoke('SendToOthersInGroup', one, '2');
    await ofB.expect('2');
    await a.invoke('SendToGroupExcept', one, '3', [idB]);
    await ofA.expect('3');
    await a.invoke('SendToGroups', [one, two], '4');
    await Promise.all([ofA, ofB, ofC].map((inbox) => inbox.expect('4')));
    await a.invoke('LeaveGroup', one);
    await c.invoke('RemoveFromGroup', idB, one);
    await a.invoke('SendToGroup', one, 'nobody');
    await a.invoke('RemoveFromGroup', idA, 'no-such-group');
    await a.invoke('SendToGroup', one.toUpperCase(), 'nobody');
    await Promise.all([ofA, ofB, ofC].map((inbox) => inbox.expectNothing()));
  }],

  ['addresses users on all their connections', async (stage) => {
    const [ada, bob] = [`ada-${mark()}`, `bob-${mark()}`];
    const [adas, bobs, strangers] = await Promise.all([
      audience(stage, 2, await stage.as(ada)),
      audience(stage, 1, await stage.as(bob)),
      audience(stage, 1),
    ]);
    const everybody = [...adas.inboxes, ...bobs.inboxes, ...strangers.inboxes];
    same((await stage.identityOf(bobs.connections[0])).userIdentifier, bob, 'user');
    await bobs.connections[0].invoke('SendToUser', ada, 'hello');
    await Promise.all(adas.inboxes.map((inbox) => inbox.expect('hello')));
    await adas.connections[0].invoke('SendToUsers', [ada, bob, 'nobody'], 'both');
    await Promise.all([...adas.inboxes, ...bobs.inboxes].map((inbox) => inbox.expect('both')));
    await adas.connections[0].invoke('SendToUser', ada.toUpperCase(), 'lost');
    await Promise.all(everybody.map((inbox) => inbox.expectNothing()));
  }],

  ['reaches clients from outside any hub', async (stage) => {
    const inbox = new Inbox(await stage.open());
    const text = mark();
    const { status } = await fetch(`${stage.url}/publish?text=${text}`, { method: 'POST' });
    same(status, 204, 'status');
    await inbox.until(text);
  }],

  ['lets in only who has a token, and to a method only who has the role', async (stage) => {
    const path = '/conformance-auth';
    const admin = await stage.open({ path, ...(await stage.as('ada', 'admin')) });
    same((await stage.identityOf(admin)).userIdentifier, 'ada', 'user');
    same(await admin.invoke('AdminOnly'), 'ok');
    same(Math.round((await admin.invoke('TokenSecondsLeft')) / 100), 3, 'hundreds of seconds');
    const plain = await stage.open({ path, ...(await stage.as('bob', 'guest')) });
    await refused(
      plain.invoke('AdminOnly'), "Failed to invoke 'AdminOnly' because user is unauthorized");
    same((await stage.identityOf(plain)).userIdentifier, 'bob', 'user');
    await rejection(stage.build({ path }).start());
    await rejection(stage.build({ path, accessTokenFactory: () => 'a.b.c' }).start());
  }],
];

/** A server among others waits for one of them to have such a connection, and then fails. */
export const targetsOfOneServer = [
  ['adds connections that are not there to groups', async (stage) => {
    const connection = await stage.open();
    await connection.invoke('AddToGroup', 'no-such-connection', mark());
    await connection.invoke('RemoveFromGroup', 'no-such-connection', mark());
  }],
];
