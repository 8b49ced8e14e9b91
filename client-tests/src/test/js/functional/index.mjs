// The cases of the functional application, as pairs of a name and a function of the stage.
import { calls, negotiated } from './calls.mjs';
import { headers, requests } from './requests.mjs';
import { results } from './results.mjs';
import { streams } from './streams.mjs';
import { values } from './values.mjs';

export { play } from '../suite/kit.mjs';

/** Those that a way can play in a page; with headers, in Node. */
export function casesOf(way, { inNode = false } = {}) {
  return [
    ...calls, ...values, ...streams, ...results,
    ...(way.skipNegotiation ? [] : [...negotiated, ...requests]),
    ...(inNode ? headers : []),
  ];
}
