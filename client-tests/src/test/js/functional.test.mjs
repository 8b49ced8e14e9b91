// The official client in Node against the functional application: every way, in the clear and not.
import { test } from 'node:test';
import * as signalR from '@microsoft/signalr';
import * as msgpack from '@microsoft/signalr-protocol-msgpack';
import { TEST_TIMEOUT, required } from './environment.mjs';
import { answers } from './functional/answers.mjs';
import { echo, echoOnce } from './functional/echo.mjs';
import { casesOf, play } from './functional/index.mjs';
import { waysNamed } from './suite/ways.mjs';

for (const url of [required('HUBWIRE_URL'), required('HUBWIRE_HTTPS_URL')]) {
  const scheme = url.slice(0, url.indexOf(':'));
  const check = (name, run) => test(`${scheme} ${name}`, { timeout: TEST_TIMEOUT }, run);

  for (const [name, run] of answers) {
    check(name, () => run(url));
  }
  for (const [name, run] of echoOnce) {
    check(name, () => run(url));
  }
  for (const transport of ['WebSockets', 'ServerSentEvents', 'LongPolling']) {
    for (const [name, run] of echo) {
      check(`${transport} ${name}`, () => run(url, transport));
    }
  }
  for (const way of waysNamed(required('HUBWIRE_WAYS'))) {
    for (const [name, run] of casesOf(way, { inNode: true })) {
      check(`${way.name} ${name}`, () => play(run, { signalR, msgpack, url }, way));
    }
  }
}
