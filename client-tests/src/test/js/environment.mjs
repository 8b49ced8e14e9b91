// What the Java side hands over: where the servers are, and what to run.

/** A variable that the run cannot do without. */
export function required(name) {
  const value = process.env[name];
  if (!value) {
    throw new Error(`${name}: not set (expected: see the Java tests that start these suites)`);
  }
  return value;
}

/** Longest time one test may take, in milliseconds. */
export const TEST_TIMEOUT = 30_000;
