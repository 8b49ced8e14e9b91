import { fileURLToPath } from 'node:url';

const BUNDLES = [
  'node_modules/@microsoft/signalr/dist/browser/signalr.js',
  'node_modules/@microsoft/signalr-protocol-msgpack/dist/browser/signalr-protocol-msgpack.js',
];
const here = (path) => fileURLToPath(new URL(path, import.meta.url));

/**
 * Opens a page of a server, with the official client in it.
 *
 * @param folders whose modules it can import as if the server had them, so that every request of
 *     theirs is one of the page's origin
 */
export async function equip(page, address, folders) {
  for (const folder of folders) {
    await page.route(`**/${folder}/*.mjs`, (route) => {
      const { pathname } = new URL(route.request().url());
      return route.fulfill({ path: here(`.${pathname}`), contentType: 'text/javascript' });
    });
  }
  await page.goto(address);
  for (const bundle of BUNDLES) {
    await page.addScriptTag({ path: here(bundle) });
  }
}
