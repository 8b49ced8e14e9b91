// The official client in Node, over each way.
import { after, before, test } from 'node:test';
import * as signalR from '@microsoft/signalr';
import * as msgpack from '@microsoft/signalr-protocol-msgpack';
import { TEST_TIMEOUT, required } from './environment.mjs';
import { Relay } from './relay.mjs';
import { cases, casesOfOneServer, play } from './suite/index.mjs';
import { waysNamed } from './suite/ways.mjs';
import { onlyInNode } from './suite/node-only.mjs';

const environment = { signalR, msgpack, url: required('HUBWIRE_URL') };

before(async () => {
  environment.relay = await Relay.before(environment.url);
});
after(() => environment.relay.close());

const played = process.env.HUBWIRE_NODES === undefined ? [...cases, ...casesOfOneServer] : cases;

for (const way of waysNamed(required('HUBWIRE_WAYS'))) {
  for (const [name, run] of [...played, ...onlyInNode]) {
    test(`${way.name} ${name}`, { timeout: TEST_TIMEOUT }, () => play(run, environment, way));
  }
}
