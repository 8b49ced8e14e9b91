import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { required } from './environment.mjs';

/** Nothing of the browser's own business with its maker, and no sandbox, which root cannot have. */
const ARGUMENTS = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync',
];

/**
 * A headless Chromium with a profile of its own, which goes when the test is over.
 *
 * @param options of the browser's context, besides those of every test
 */
export async function launch(options = {}) {
  const profile = await mkdtemp(join(tmpdir(), 'hubwire-chromium-'));
  const browser = await chromium.launchPersistentContext(profile, {
    executablePath: required('HUBWIRE_CHROMIUM'),
    args: ARGUMENTS,
    headless: true,
    viewport: { width: 1100, height: 760 },
    ...options,
  });
  return {
    newPage: () => browser.newPage(),
    async close() {
      await browser.close();
      await rm(profile, { recursive: true, maxRetries: 10 });
    },
  };
}
