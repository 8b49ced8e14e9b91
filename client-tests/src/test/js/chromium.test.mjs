// The official client's browser bundles in a page of the server under test, over each way.
import { after, before, test } from 'node:test';
import { launch } from './chromium.mjs';
import { TEST_TIMEOUT, required } from './environment.mjs';
import { equip } from './page.mjs';
import { Relay } from './relay.mjs';
import { cases } from './suite/index.mjs';
import { waysNamed } from './suite/ways.mjs';

let browser;
let page;
let relay;

before(async () => {
  relay = await Relay.before(required('HUBWIRE_URL'));
  browser = await launch();
  page = await browser.newPage();
  await equip(page, `${relay.url}/healthz`, ['suite']);
  await page.exposeFunction('cut', () => relay.cut());
  await page.exposeFunction('mend', () => relay.mend());
  await page.evaluate(async () => {
    globalThis.suite = await import('/suite/index.mjs');
    globalThis.environment = {
      signalR: globalThis.signalR,
      msgpack: globalThis.signalR.protocols.msgpack,
      url: location.origin,
      relay: { url: location.origin, cut: globalThis.cut, mend: globalThis.mend },
    };
  });
});

after(async () => {
  await browser.close();
  relay.close();
});

for (const way of waysNamed(required('HUBWIRE_WAYS'))) {
  for (const [index, [name]] of cases.entries()) {
    test(`${way.name} ${name}`, { timeout: TEST_TIMEOUT }, () =>
      page.evaluate(
        ([at, over]) => suite.play(suite.cases[at][1], environment, over), [index, way]));
  }
}
