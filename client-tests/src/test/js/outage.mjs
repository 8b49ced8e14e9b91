// Clients of several nodes that are told something by each node all the time, while what joins the nodes goes and comes.
// Prints "busy" when messages of every node reach every client, "apart" when those of other nodes have stayed away for
// some time, "joined" when they are back, and on SIGTERM, as JSON, what happened.
import { closeCrowd, openCrowd } from './crowd.mjs';
import { required } from './environment.mjs';
import { eventually, pause } from './suite/kit.mjs';

const urls = required('HUBWIRE_NODES').split(',');
const clients = Number(required('HUBWIRE_CLIENTS'));

/** Between two messages of a node, in milliseconds. */
const PACE = 20;
/** How long nodes are apart, in milliseconds. */
const APART = 2_000;
/** Messages of each node before anything happens. */
const WARM = 25;
const END = 'end';

const told = new Promise((resolve) => process.once('SIGTERM', resolve));
let stopping = false;
let ends = 0;

/** By client, node and number: how often it came. */
const came = new Map();
/** By client: the time of its last message from its own node, and the longest wait for the next. */
const lastLocal = new Map();
let longestLocalWait = 0;
/** By client and node: the number of the last message. */
const newest = new Map();

function received(member, text) {
  if (text.startsWith(END)) {
    ends++;
    return;
  }
  const [node, number] = text.split(' ').map(Number);
  const key = `${member.index} ${text}`;
  came.set(key, (came.get(key) ?? 0) + 1);
  newest.set(`${member.index} ${node}`, number);
  if (node === member.node) {
    const now = performance.now();
    longestLocalWait = Math.max(longestLocalWait, now - (lastLocal.get(member) ?? now));
    lastLocal.set(member, now);
  }
}

const members = await openCrowd(urls, clients, received, () => null);
/** By node: how many messages it was given, and how many of these calls failed. */
const sent = urls.map(() => 0);
const failed = urls.map(() => 0);

async function talk(node) {
  const speaker = members[node];
  while (!stopping) {
    await speaker.invoke('Broadcast', `${node} ${sent[node]++}`).catch(() => failed[node]++);
    await pause(PACE);
  }
}

/** Whether every client has something from every node that was said after these numbers. */
function allHeardSince(numbers) {
  return members.every((member) => numbers.every(
    (number, node) => (newest.get(`${member.index} ${node}`) ?? -1) >= number));
}

const talking = urls.map((_, node) => talk(node));
await eventually(() => allHeardSince(urls.map(() => WARM)), 'first messages');
console.log('busy');
await eventually(() => failed.every((count) => count > 0), 'failure', 30_000);
await pause(APART);
const numbers = [...sent];
console.log('apart');
await eventually(() => allHeardSince(numbers), 'messages of other nodes', 60_000);
console.log('joined');
await told;
stopping = true;
await Promise.all(talking);
for (const node of urls.keys()) {
  await members[node].invoke('Broadcast', `${END} ${node}`);
}
await eventually(() => ends === clients * urls.length, 'end of all messages', 30_000);

const localMissing = members.flatMap((member) =>
  Array.from({ length: sent[member.node] }, (_, number) => `${member.index} ${member.node} ${number}`))
  .filter((key) => !came.has(key));
console.log(JSON.stringify({
  sent: sent.reduce((sum, count) => sum + count),
  failedCalls: failed.reduce((sum, count) => sum + count),
  deliveries: [...came.values()].reduce((sum, count) => sum + count),
  twice: [...came.values()].filter((count) => count > 1).length,
  localMissing: localMissing.length,
  longestLocalWait: Math.round(longestLocalWait),
}));
await closeCrowd(members);
process.exit();
