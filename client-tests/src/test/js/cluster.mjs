// Messages of every kind of address between clients of several nodes. Prints one JSON object a line for each kind: how
// many messages there were, how many deliveries there had to be, and what was wrong with those that there were.
import { closeCrowd, each, openCrowd } from './crowd.mjs';
import { required } from './environment.mjs';
import { eventually } from './suite/kit.mjs';

const urls = required('HUBWIRE_NODES').split(',');
const clients = Number(required('HUBWIRE_CLIENTS'));
/** How many each kind has at least. */
const deliveries = Number(required('HUBWIRE_DELIVERIES'));

/** However many clients one message reaches. */
const FEWEST_RUNS = 20;

const GROUPS = 10;
const END = 'end of node';

/** What every message should have done, and what it did. */
class Ledger {
  #messages = new Map();

  /** A text that is to reach these clients, each once. */
  expect(kind, to) {
    const text = `${kind} ${this.#messages.size}`;
    this.#messages.set(text, { kind, to: new Set(to), came: new Map() });
    return text;
  }

  received(member, text) {
    const { came } = this.#messages.get(text);
    came.set(member, (came.get(member) ?? 0) + 1);
  }

  /** The sums of one kind. */
  report(kind) {
    const sums = { kind, messages: 0, expected: 0, received: 0, missing: 0, twice: 0, strangers: 0 };
    for (const message of this.#messages.values()) {
      if (message.kind === kind) {
        const { to, came } = message;
        sums.messages++;
        sums.expected += to.size;
        sums.missing += [...to].filter((member) => !came.has(member)).length;
        for (const [member, times] of came) {
          sums.received += times;
          sums.twice += times - 1;
          sums.strangers += to.has(member) ? 0 : 1;
        }
      }
    }
    return sums;
  }
}

const ledger = new Ledger();
let ends = 0;
const members = await openCrowd(urls, clients, (member, text) => {
  if (text.startsWith(END)) {
    ends++;
  } else {
    ledger.received(member, text);
  }
}, (member, question) => {
  ledger.received(member, question);
  return `${question}, by ${member.index}`;
});
await each(clients, (i) => members[i].invoke('JoinGroup', `group-${i % GROUPS}`));

/** Somebody else each time, at all nodes and in all ways. */
const one = (i) => members[(i * 7) % clients];
/** Somebody at another node than `one`. */
const away = (i) => members[(i * 7 + 1) % clients];
const group = (i) => `group-${i % GROUPS}`;
const inGroup = (i) => members.filter((member) => member.index % GROUPS === i % GROUPS);
const ofUser = (user) => members.filter((member) => member.user === user);
const without = (list, ...some) => list.filter((member) => !some.includes(member));
const ids = (list) => list.map((member) => member.id);

/** A message is to reach some; `call` makes the invocation for its text. */
async function send(kind, from, to, call) {
  return from.invoke(...call(ledger.expect(kind, to)));
}

/** By name: what happens the i-th time. */
const kinds = {
  all: (kind, i) => send(kind, one(i), members, (text) => ['Broadcast', text]),
  'all, from outside a hub': async (kind, i) => {
    const text = encodeURIComponent(ledger.expect(kind, members));
    const { status } = await fetch(`${one(i).url}/publish?text=${text}`, { method: 'POST' });
    if (status !== 204) {
      throw new Error(`publish: ${status}`);
    }
  },
  'all except': (kind, i) => {
    const some = [one(i + 1), one(i + 2), one(i + 3)];
    return send(kind, one(i), without(members, ...some),
      (text) => ['BroadcastExcept', text, ids(some)]);
  },
  others: (kind, i) => send(kind, one(i), without(members, one(i)), (text) => ['SendToOthers', text]),
  group: (kind, i) => send(kind, one(i), inGroup(i), (text) => ['SendToGroup', group(i), text]),
  groups: (kind, i) => send(kind, one(i), [...inGroup(i), ...inGroup(i + 3)],
    (text) => ['SendToGroups', [group(i), group(i + 3)], text]),
  'group except': (kind, i) => {
    const some = inGroup(i).slice(0, 4);
    return send(kind, one(i), without(inGroup(i), ...some),
      (text) => ['SendToGroupExcept', group(i), text, ids(some)]);
  },
  'others in group': (kind, i) => send(kind, one(i), without(inGroup(one(i).index), one(i)),
    (text) => ['SendToOthersInGroup', group(one(i).index), text]),
  user: (kind, i) => {
    const { user } = away(i);
    return send(kind, one(i), ofUser(user), (text) => ['SendToUser', user, text]);
  },
  users: (kind, i) => {
    const users = [one(i).user, away(i).user];
    return send(kind, one(i), users.flatMap(ofUser), (text) => ['SendToUsers', users, text]);
  },
  client: (kind, i) => send(kind, one(i), [away(i)], (text) => ['SendToConnection', away(i).id, text]),
  clients: (kind, i) => {
    const to = members.filter((member) => member.index % 50 === i % 50);
    return send(kind, one(i), to, (text) => ['SendToConnections', ids(to), text]);
  },
  'group that changes from afar': async (kind, i) => {
    const name = `changing-${i}`;
    const call = (text) => ['SendToGroup', name, text];
    await one(i).invoke('AddToGroup', away(i).id, name);
    await send(kind, one(i + 1), [away(i)], call);
    await one(i).invoke('RemoveFromGroup', away(i).id, name);
    await send(kind, one(i + 1), [], call);
  },
  'question and answer': async (kind, i) => {
    let question;
    const answer = await send(kind, one(i), [away(i)], (text) => {
      question = text;
      return ['AskConnection', away(i).id, text];
    });
    if (answer !== `${question}, by ${away(i).index}`) {
      throw new Error(`answer to ${question}: ${answer}`);
    }
  },
};

/** How often something has to happen until there are enough deliveries. */
async function play(kind, run) {
  let i = 0;
  const before = ledger.report(kind).expected;
  await run(kind, i++);
  const perRun = ledger.report(kind).expected - before;
  await each(Math.max(Math.ceil(deliveries / perRun), FEWEST_RUNS), () => run(kind, i++));
}

const times = {};
for (const [kind, run] of Object.entries(kinds)) {
  const start = performance.now();
  await play(kind, run);
  times[kind] = Math.round(performance.now() - start);
}
// What a node says to all comes behind all that it has said before.
for (const node of urls.keys()) {
  await members[node].invoke('Broadcast', `${END} ${node}`);
}
await eventually(() => ends === clients * urls.length, 'end of all messages', 60_000);
for (const kind of Object.keys(kinds)) {
  console.log(JSON.stringify({ ...ledger.report(kind), millis: times[kind] }));
}
await closeCrowd(members);
process.exit();
