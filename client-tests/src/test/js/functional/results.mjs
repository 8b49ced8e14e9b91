// What the server asks a client, by a page that passes the answer on.
import { same } from '../suite/kit.mjs';
import { open } from './hub.mjs';

async function ask(stage, id) {
  const answer = await fetch(`${stage.url}/clientresult/${id}`);
  same([answer.status, answer.headers.get('Content-Type')], [200, 'text/plain'], id);
  return answer.text();
}

export const results = [
  ['answers what the server asks', async (stage) => {
    const connection = await open(stage);
    const id = await connection.invoke('GetCallerConnectionId');
    for (const answer of [() => 10, async () => -7]) {
      connection.on('Result', answer);
      same(await ask(stage, id), String(await answer()));
      connection.off('Result');
    }
  }],

  ['tells why it has no answer', async (stage) => {
    const connection = await open(stage);
    const id = await connection.invoke('GetCallerConnectionId');
    same(await ask(stage, id), "Client didn't provide a result.");
    connection.on('Result', () => {
      throw new Error('from callback');
    });
    same(await ask(stage, id), 'Error: from callback');
    same(await connection.invoke('Echo', 'still here'), 'still here');
  }],

  ['is not there for who asks somebody else', async (stage) => {
    same(await ask(stage, 'nobody'), "Connection 'nobody' does not exist.");
  }],
];
