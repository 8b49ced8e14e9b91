// The cases that hold for every way, as pairs of a name and a function of the stage.
import { calls } from './calls.mjs';
import { lifetimes } from './lifetimes.mjs';
import { results } from './results.mjs';
import { targets, targetsOfOneServer } from './targets.mjs';
import { values } from './values.mjs';

export { play } from './kit.mjs';

export const cases = [...values, ...calls, ...targets, ...results, ...lifetimes];

/** Those that hold for a server that is not one of several. */
export const casesOfOneServer = [...targetsOfOneServer];
