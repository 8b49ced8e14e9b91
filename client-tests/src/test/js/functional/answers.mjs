// Single requests and their answers, to the letter. Each case is a pair of a name and a function of
// the server's address.
import { same } from '../suite/kit.mjs';

async function ask(url, method, path, headers = {}) {
  const answer = await fetch(url + path, { method, headers, redirect: 'manual' });
  return { status: answer.status, headers: answer.headers, body: await answer.text() };
}

async function negotiate(url, path, version = 1) {
  const { body } = await ask(url, 'POST', `${path}/negotiate?negotiateVersion=${version}`);
  return JSON.parse(body);
}

/** A cookie's attributes in order of their names, its value first, times left out. */
function attributes(cookie) {
  const [value, ...others] = cookie.split(/; */);
  const kept = others.map((one) => one.toLowerCase()).filter((one) => !one.startsWith('expires='));
  return [value, ...kept.sort()];
}

export const answers = [
  ['gives version 1 of the negotiation a token besides the id', async (url) => {
    const [old, current] = [await negotiate(url, '/testhub', 0), await negotiate(url, '/testhub', 1)];
    same('connectionToken' in old, false, 'token of version 0');
    same(current.connectionToken === current.connectionId, false, 'token is the id');
    same(
      current.availableTransports.map(({ transport, transferFormats }) => [transport, ...transferFormats]),
      [['WebSockets', 'Text', 'Binary'], ['ServerSentEvents', 'Text'], ['LongPolling', 'Text', 'Binary']]);
    const without = await negotiate(url, '/testhub-nowebsockets');
    same(
      without.availableTransports.map(({ transport }) => transport),
      ['ServerSentEvents', 'LongPolling']);
  }],

  ['sets three cookies with every negotiation, refused or not', async (url) => {
    const security = url.startsWith('https:') ? ['partitioned', 'path=/', 'samesite=none', 'secure'] : ['path=/'];
    for (const path of ['/testhub', '/echo', '/authorizedhub', '/bad-negotiate', '/nowhere']) {
      const { headers } = await ask(url, 'POST', `${path}/negotiate`);
      const cookies = headers.getSetCookie();
      same(cookies.map(attributes), [
        ['testCookie=testValue', ...security],
        ['testCookie2=testValue2', ...security],
        ['expiredCookie=doesntmatter', ...security],
      ], path);
      const [, expires] = /expires=([^;]+)/i.exec(cookies[2]);
      same(Math.round((Date.now() - Date.parse(expires)) / 60_000), 60, 'minutes since');
    }
    for (const path of ['/redirect/negotiate', '/echoredirect/negotiate', '/testhub']) {
      same((await ask(url, 'POST', path)).headers.getSetCookie(), [], path);
    }
  }],

  ['redirects by status, whatever the method and the id', async (url) => {
    for (const [method, path, location] of [
      ['POST', '/echoredirect/negotiate?negotiateVersion=1', '/echo/negotiate?negotiateVersion=1'],
      ['GET', '/echoredirect?id=no%20such&_=1', '/echo?id=no%20such&_=1'],
      ['POST', '/EchoRedirect?id=x', '/echo?id=x'],
      ['DELETE', '/echoredirect', '/echo'],
    ]) {
      const answer = await ask(url, method, path);
      same([answer.status, answer.body], [307, ''], `${method} ${path}`);
      same(answer.headers.get('Location'), location, 'Location');
    }
  }],

  ['redirects by negotiation, and counts', async (url) => {
    const path = '/redirect/negotiate?numRedirects=0&baseUrl=http%3A%2F%2Fhost%3A1%2F%C3%BC&negotiateVersion=1';
    const numbers = [];
    for (const method of ['POST', 'GET', 'POST']) {
      const { status, body } = await ask(url, method, path);
      same(status, 200, 'status');
      const answer = JSON.parse(body);
      same(Object.keys(answer), ['url'], 'members');
      const [, number] = /^http:\/\/host:1\/ü\/testHub\?numRedirects=(\d+)$/.exec(answer.url);
      numbers.push(Number(number));
    }
    same(numbers, [numbers[0], numbers[0] + 1, numbers[0] + 2]);
  }],

  ['refuses to negotiate with a text of its own', async (url) => {
    for (const [method, path] of [['POST', '/bad-negotiate/negotiate'], ['GET', '/Bad-Negotiate']]) {
      const { status, body } = await ask(url, method, path);
      same([status, body], [400, 'Some response from server'], path);
    }
  }],

  ['asks for a token in words and headers', async (url) => {
    for (const [method, path] of [
      ['POST', '/authorizedhub/negotiate'], ['GET', '/authorizedhub?id=x'],
      ['POST', '/authorizedhub?id=x'], ['DELETE', '/authorizedhub?id=x'],
    ]) {
      const answer = await fetch(url + path, { method });
      same([answer.status, answer.statusText, await answer.text()], [401, 'Unauthorized', ''], path);
      same(answer.headers.get('WWW-Authenticate'), 'Bearer');
    }
  }],

  ['takes a token from header or query, in any case', async (url) => {
    const { body: token } = await ask(url, 'GET', '/generateJwtToken');
    for (const [headers, query] of [
      [{ Authorization: `Bearer ${token}` }, ''],
      [{ Authorization: `bearer ${token}` }, ''],
      [{}, `?access_token=${token}`],
    ]) {
      same((await ask(url, 'POST', `/authorizedhub/negotiate${query}`, headers)).status, 200);
    }
    same((await ask(url, 'POST', `/authorizedhub/negotiate?access_token=${token}x`)).status, 401);
  }],

  ['lets pages of every origin in, with credentials', async (url) => {
    const origin = 'http://pages.example:9876';
    const question = {
      Origin: origin, 'Access-Control-Request-Method': 'POST',
      'Access-Control-Request-Headers': 'x-requested-with,x-signalr-user-agent',
    };
    for (const path of [
      '/testhub/negotiate', '/testhub-nowebsockets', '/authorizedhub/negotiate', '/echo/negotiate',
      '/uncreatable/negotiate', '/echoredirect/negotiate', '/redirect/negotiate',
      '/bad-negotiate/negotiate', '/generateJwtToken', '/clientresult/x',
    ]) {
      const { status, headers } = await ask(url, 'OPTIONS', path, question);
      same(status, 204, path);
      same(headers.get('Access-Control-Allow-Origin'), origin);
      same(headers.get('Access-Control-Allow-Credentials'), 'true');
      same(headers.get('Access-Control-Allow-Methods'), 'POST');
      same(headers.get('Access-Control-Allow-Headers'), question['Access-Control-Request-Headers']);
      const answer = await ask(url, 'POST', path, { Origin: origin });
      same(answer.headers.get('Access-Control-Allow-Origin'), origin, path);
      same(answer.headers.get('Access-Control-Allow-Credentials'), 'true', path);
    }
  }],

  ['answers what comes too late, and what says not whom it is for', async (url) => {
    for (const method of ['POST', 'GET', 'DELETE']) {
      const late = await ask(url, method, '/testhub?id=over');
      same([late.status, late.body], [404, 'No Connection with that ID'], method);
      const blank = await ask(url, method, '/testhub');
      same([blank.status, blank.body], [400, 'Connection ID required'], method);
    }
  }],

  ['polls, takes sends, and ends by DELETE', async (url) => {
    const { connectionToken } = await negotiate(url, '/testhub');
    const path = `/testhub?id=${connectionToken}`;
    const first = await ask(url, 'GET', `${path}&_=${Date.now()}`);
    same([first.status, first.body], [200, ''], 'first poll');
    const aborted = new AbortController();
    const left = fetch(url + path, { signal: aborted.signal }).catch(() => 'left');
    aborted.abort();
    same(await left, 'left', 'aborted poll');
    const handshake = await fetch(url + path, { method: 'POST', body: '{"protocol":"json","version":1}\u001e' });
    same(handshake.status, 200, 'send');
    same((await ask(url, 'GET', path)).body, '{}\u001e', 'second poll');
    const pending = ask(url, 'GET', path);
    same((await ask(url, 'DELETE', path)).status, 202, 'DELETE');
    same([200, 204, 404].includes((await pending).status), true, 'pending poll');
    same((await ask(url, 'POST', path)).status, 404, 'late send');
  }],

  ['sends the head of an event stream at once', async (url) => {
    const { connectionToken } = await negotiate(url, '/testhub');
    const path = `${url}/testhub?id=${connectionToken}`;
    const abort = new AbortController();
    const stream = await fetch(path, { headers: { Accept: 'text/event-stream' }, signal: abort.signal });
    same([stream.status, stream.headers.get('Content-Type')], [200, 'text/event-stream']);
    const sent = await fetch(path, { method: 'POST', body: '{"protocol":"json","version":1}\u001e' });
    same(sent.status, 200, 'send');
    const decoder = new TextDecoder();
    let events = '';
    for await (const chunk of stream.body) {
      events += decoder.decode(chunk);
      if (events.includes('data: {}\u001e')) {
        break;
      }
    }
    abort.abort();
  }],
];
