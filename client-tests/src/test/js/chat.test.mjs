// The chat that bin/demo serves, as people use it: in the tabs of a browser.
import { after, before, test } from 'node:test';
import { readFile } from 'node:fs/promises';
import { launch } from './chromium.mjs';
import { TEST_TIMEOUT, required } from './environment.mjs';
import { Relay } from './relay.mjs';
import { same } from './suite/kit.mjs';

const BUNDLE = 'node_modules/@microsoft/signalr/dist/browser/signalr.min.js';

let browser;
let relay;

before(async () => {
  relay = await Relay.before(required('HUBWIRE_URL'));
  browser = await launch();
});

after(async () => {
  await browser.close();
  relay.close();
});

/** A tab in which somebody has come into the lobby. */
async function tab(name) {
  const page = await browser.newPage();
  page.setDefaultTimeout(5_000);
  await page.goto(relay.url);
  await page.getByLabel('Your name').fill(name);
  await page.getByRole('button', { name: 'Join the lobby' }).click();
  await page.locator('#state[data-state=connected]').waitFor();
  return page;
}

async function say(page, text) {
  await page.getByLabel('Message').fill(text);
  await page.getByRole('button', { name: 'Send' }).click();
}

function said(page, who, text) {
  return page.locator(`#log li[data-user="${who}"] .text`, { hasText: text }).waitFor();
}

function there(page, name) {
  return page.locator('#people li', { hasText: name }).waitFor();
}

test('two tabs see what both say, and each other', { timeout: TEST_TIMEOUT }, async () => {
  const [ada, bob] = await Promise.all([tab('Ada'), tab('Bob')]);
  await say(ada, 'Hello, is <b>anybody</b> here? 🚀');
  await say(bob, 'Here I am');
  for (const page of [ada, bob]) {
    await said(page, 'Ada', 'Hello, is <b>anybody</b> here? 🚀');
    await said(page, 'Bob', 'Here I am');
    await there(page, 'Ada');
    await there(page, 'Bob');
  }
  await bob.close();
  await ada.locator('#log .notice', { hasText: 'Bob left' }).waitFor();
  same(await ada.locator('#people li').count(), 1, 'people');
  await ada.close();
});

test('rooms keep to themselves', { timeout: TEST_TIMEOUT }, async () => {
  const [ada, bob] = await Promise.all([tab('Ada'), tab('Bob')]);
  await ada.getByLabel('New room').fill('Kitchen');
  await ada.getByLabel('New room').press('Enter');
  await ada.locator('#room', { hasText: 'kitchen' }).waitFor();
  await bob.locator('#log .notice', { hasText: 'Ada left' }).last().waitFor();
  await say(ada, 'only in the kitchen');
  await said(ada, 'Ada', 'only in the kitchen');
  await say(bob, 'only in the lobby');
  await said(bob, 'Bob', 'only in the lobby');
  same(await bob.getByText('only in the kitchen').count(), 0, 'lines that escaped');
  await bob.locator('#rooms button', { hasText: 'kitchen' }).click();
  await said(bob, 'Ada', 'only in the kitchen');
  await Promise.all([ada.close(), bob.close()]);
});

test('a lost connection is told, and comes back into its room', { timeout: TEST_TIMEOUT }, async () => {
  const ada = await tab('Ada');
  relay.cut();
  await ada.locator('#banner', { hasText: 'Coming back' }).waitFor();
  relay.mend();
  await ada.locator('#state[data-state=connected]').waitFor();
  same(await ada.locator('#banner').isVisible(), false, 'banner');
  await say(ada, 'back again');
  await said(ada, 'Ada', 'back again');
  await ada.close();
});

test('serves the official client unchanged', { timeout: TEST_TIMEOUT }, async () => {
  const served = await (await fetch(`${relay.url}/vendor/signalr.min.js`)).text();
  same(served === (await readFile(BUNDLE, 'utf8')), true, 'same');
});
