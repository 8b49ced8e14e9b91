// What the cases of the functional application share. Runs in Node and in a page.
import { same, soon } from '../suite/kit.mjs';

/** A connection to the hub that most cases are about. */
export function open(stage, options) {
  return stage.open({ path: '/testhub', ...options });
}

/** The first call of a client's method, as the list of its arguments. */
export function called(connection, method) {
  return soon(
    new Promise((resolve) => connection.on(method, (...args) => resolve(args))), `${method}()`);
}

/** The items of a stream, when it has ended. */
export function collected(stream) {
  return new Promise((resolve, reject) => {
    const items = [];
    stream.subscribe({ next: (item) => items.push(item), error: reject, complete: () => resolve(items) });
  });
}

/** Two objects with the same members, in any order. */
export function sameMembers(actual, expected) {
  same(sorted(actual), sorted(expected), 'members');
}

function sorted(object) {
  return Object.entries(object).sort(([a], [b]) => (a < b ? -1 : 1));
}
