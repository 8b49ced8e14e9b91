// The official client in Chromium against the functional application: in a page of the same server in
// the clear, and in a page of another origin over TLS, where cookies and permissions are harder to get.
import { after, before, test } from 'node:test';
import { launch } from './chromium.mjs';
import { TEST_TIMEOUT, required } from './environment.mjs';
import { casesOf } from './functional/index.mjs';
import { equip } from './page.mjs';
import { waysNamed } from './suite/ways.mjs';

const http = required('HUBWIRE_URL');
const https = required('HUBWIRE_HTTPS_URL');

/** HTTP/2 has no reason phrases, and this text is made of one. */
const NEEDS_REASON = 'turns away who has none';

const settings = [
  { name: 'http', page: http, url: http },
  { name: 'https', page: https.replace('localhost', '127.0.0.1'), url: https, leftOut: NEEDS_REASON },
];

let browser;

before(async () => {
  browser = await launch({ ignoreHTTPSErrors: true });
});
after(() => browser.close());

for (const { name: scheme, page: origin, url, leftOut } of settings) {
  let page;

  test(`${scheme} has a page`, { timeout: TEST_TIMEOUT }, async () => {
    page = await browser.newPage();
    await equip(page, `${origin}/generateJwtToken`, ['suite', 'functional']);
    await page.evaluate(async (server) => {
      globalThis.suite = await import('/functional/index.mjs');
      globalThis.environment = { signalR, msgpack: signalR.protocols.msgpack, url: server };
    }, url);
  });

  for (const way of waysNamed(required('HUBWIRE_WAYS'))) {
    for (const [index, [name]] of casesOf(way).entries()) {
      if (name !== leftOut) {
        test(`${scheme} ${way.name} ${name}`, { timeout: TEST_TIMEOUT }, () =>
          page.evaluate(
            ([at, over]) => suite.play(suite.casesOf(over)[at][1], environment, over), [index, way]));
      }
    }
  }
}
