// What depends on the HTTP requests that a connection is made of. Only ways that negotiate.
import { rejection, same } from '../suite/kit.mjs';
import { open } from './hub.mjs';

export const requests = [
  ['sends the cookies of the negotiation with the transport', async (stage) => {
    const connection = await open(stage);
    same(await connection.invoke('GetCookie', 'testCookie'), 'testValue');
    same(await connection.invoke('GetCookie', 'testCookie2'), 'testValue2');
    same(await connection.invoke('GetCookie', 'expiredCookie'), null);
    same(await connection.invoke('GetCookie', 'noSuchCookie'), null);
  }],

  ['follows a negotiation to another server, each time anew', async (stage) => {
    const here = encodeURIComponent(stage.url);
    const connection = await stage.open({ path: `/redirect?numRedirects=0&baseUrl=${here}` });
    const before = await connection.invoke('GetNumRedirects');
    await connection.stop();
    await connection.start();
    same(await connection.invoke('GetNumRedirects'), before + 1, 'redirects');
  }],

  ['tells what a failed negotiation was answered with', async (stage) => {
    same(
      await rejection(stage.build({ path: '/bad-negotiate' }).start()),
      'Failed to complete negotiation with the server: Error: Some response from server: '
        + "Status code '400'");
  }],

  ['lets in who has a token', async (stage) => {
    const answer = await fetch(`${stage.url}/generateJwtToken`);
    same(answer.status, 200, 'status');
    const token = await answer.text();
    same(/^[\w-]+\.[\w-]+\.[\w-]+$/.test(token), true, `${token} is a token`);
    const connection = await stage.open({
      path: '/authorizedhub', accessTokenFactory: () => token,
    });
    same(await connection.invoke('Echo', 'Hello, World!'), 'Hello, World!');
  }],

  ['turns away who has none', async (stage) => {
    for (const credentials of [{}, { accessTokenFactory: () => 'a.b.c' }]) {
      same(
        await rejection(stage.build({ path: '/authorizedhub', ...credentials }).start()),
        "Failed to complete negotiation with the server: Error: Unauthorized: Status code '401'");
    }
  }],
];

/** What a page may not do. */
export const headers = [
  ['knows the headers of its request', async (stage) => {
    const connection = await open(stage, { headers: { 'X-HEADER': 'VALUE, as it is' } });
    same(await connection.invoke('GetHeader', 'X-HEADER'), 'VALUE, as it is');
    same(await connection.invoke('GetHeader', 'x-header'), 'VALUE, as it is');
    same(await connection.invoke('GetHeader', 'X-ABSENT'), null);
    const agent = await connection.invoke('GetHeader', 'User-Agent');
    same(agent.startsWith('Microsoft SignalR/'), true, agent);
  }],

  ['may say who it is in its own words', async (stage) => {
    const connection = await open(stage, { headers: { 'User-Agent': 'Custom Agent' } });
    same(await connection.invoke('GetHeader', 'User-Agent'), 'Custom Agent');
  }],
];
