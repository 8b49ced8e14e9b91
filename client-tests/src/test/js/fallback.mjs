// Connects from a page in Chromium, with every transport allowed, and prints the one it ended up with.
import { fileURLToPath } from 'node:url';
import { launch } from './chromium.mjs';
import { required } from './environment.mjs';

const BUNDLE = fileURLToPath(
  new URL('node_modules/@microsoft/signalr/dist/browser/signalr.js', import.meta.url));

const browser = await launch();
try {
  const page = await browser.newPage();
  await page.goto(`${required('HUBWIRE_URL')}/healthz`);
  await page.addScriptTag({ path: BUNDLE });
  const transport = await page.evaluate(async () => {
    const connection = new signalR.HubConnectionBuilder().withUrl('/conformance').build();
    const received = new Promise((resolve) => connection.on('receive', resolve));
    try {
      await connection.start();
    } catch {
      // A transport that opened and then led to nothing; pages try again.
      await connection.start();
    }
    await connection.send('SendToCaller', 'through the proxy');
    if (await received !== 'through the proxy') {
      throw new Error('something else came through');
    }
    const identity = await connection.invoke('WhoAmI');
    await connection.stop();
    return identity.transport;
  });
  console.log(transport);
} finally {
  await browser.close();
}
