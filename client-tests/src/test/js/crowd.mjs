// Many official clients at once, spread over nodes, transports and protocols.
import * as signalR from '@microsoft/signalr';
import * as msgpack from '@microsoft/signalr-protocol-msgpack';
import { Stage, soon } from './suite/kit.mjs';
import { waysNamed } from './suite/ways.mjs';

const WAYS = waysNamed('ws/json,ws/msgpack,sse/json,lp/json,lp/msgpack');

/** How many do the same thing at a time. */
const ABREAST = 30;

/** Clients a user has; with three nodes, each on another. */
const PER_USER = 3;

/** Runs a function for each number below a count, some at a time. */
export async function each(count, run) {
  let next = 0;
  const worker = async () => {
    while (next < count) {
      await run(next++);
    }
  };
  await Promise.all(Array.from({ length: Math.min(ABREAST, count) }, worker));
}

/** One client. */
class Member {
  constructor(index, url, node, way, user) {
    Object.assign(this, { index, url, node, user });
    this.stage = new Stage({ signalR, msgpack, url }, way);
  }

  async open(onReceive, onQuestion) {
    const connection = this.stage.build(await this.stage.as(this.user));
    connection.on('receive', (text) => onReceive(this, text));
    connection.on('answer', (question) => onQuestion(this, question));
    await soon(connection.start(), `start of client ${this.index}`, 60_000);
    this.connection = connection;
    this.id = await this.stage.idOf(connection);
  }

  invoke(...call) {
    return this.connection.invoke(...call);
  }
}

/**
 * Opens them: client i at node i mod the number of nodes, in the ways in turn, so that each way is
 * at each node.
 *
 * @param urls of the nodes
 * @param onReceive called with the client and the text, whenever one receives one
 * @param onQuestion the same, for questions; returns the answer
 */
export async function openCrowd(urls, count, onReceive, onQuestion) {
  const users = count / PER_USER;
  const members = Array.from({ length: count }, (_, i) => {
    const node = i % urls.length;
    return new Member(i, urls[node], node, WAYS[i % WAYS.length], `user-${i % users}`);
  });
  await each(count, (i) => members[i].open(onReceive, onQuestion));
  return members;
}

export async function closeCrowd(members) {
  await each(members.length, (i) => members[i].stage.close());
}
