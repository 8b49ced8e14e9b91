// Every way a client can reach the conformance hub. A suite runs once for each way it is asked for.
export const ways = [
  { name: 'ws/json', transport: 'WebSockets', protocol: 'json' },
  { name: 'ws/msgpack', transport: 'WebSockets', protocol: 'messagepack' },
  { name: 'ws-skip/json', transport: 'WebSockets', protocol: 'json', skipNegotiation: true },
  { name: 'ws-skip/msgpack', transport: 'WebSockets', protocol: 'messagepack', skipNegotiation: true },
  { name: 'sse/json', transport: 'ServerSentEvents', protocol: 'json' },
  { name: 'lp/json', transport: 'LongPolling', protocol: 'json' },
  { name: 'lp/msgpack', transport: 'LongPolling', protocol: 'messagepack' },
];

/** The ways of a comma-separated list of names. */
export function waysNamed(names) {
  return names.split(',').map((name) => {
    const way = ways.find((candidate) => candidate.name === name);
    if (!way) {
      throw new Error(`way: ${name} (expected: one of ${ways.map((known) => known.name)})`);
    }
    return way;
  });
}
