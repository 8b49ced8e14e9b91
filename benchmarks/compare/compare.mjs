// Two servers of the conformance application under the same load, in turn. Started by bin/compare-with-reference.

import { writeFile } from "node:fs/promises";
import { basename } from "node:path";
import { parseArgs } from "node:util";
import { load, Server } from "./processes.mjs";
import { table } from "./report.mjs";
import { SCENARIOS } from "./scenarios.mjs";

const { values: options } = parseArgs({
  options: {
    hubload: { type: "string" },
    ours: { type: "string" },
    theirs: { type: "string" },
    scenario: { type: "string", multiple: true, default: SCENARIOS.map((scenario) => scenario.name) },
    repeat: { type: "string", default: "3" },
    duration: { type: "string", default: "8" },
    warmup: { type: "string", default: "15" },
    port: { type: "string", default: "5090" },
    json: { type: "string" },
    list: { type: "boolean", default: false },
  },
});

if (options.list) {
  SCENARIOS.forEach((scenario) => console.log(`${scenario.name.padEnd(14)} ${scenario.title}`));
} else {
  try {
    process.exitCode = await compare();
  } catch (error) {
    console.error(error.message);
    process.exitCode = 2;
  }
}

/** Returns the exit status: 1 when a server made errors, since its figures then mean nothing. */
async function compare() {
  const scenarios = chosen(options.scenario);
  const repeat = Number(options.repeat);
  const runs = new Map(scenarios.map((scenario) => [scenario.name, { ours: [], theirs: [] }]));
  let errors = 0;
  for (let round = 0; round < repeat; round++) {
    // The machine is not the same all the time, so neither side always comes first.
    const sides = round % 2 === 0 ? ["ours", "theirs"] : ["theirs", "ours"];
    for (const scenario of scenarios) {
      for (const side of sides) {
        console.error(`round ${round + 1} of ${repeat}: ${scenario.name}, ${side}`);
        const run = await once(options[side], scenario);
        if (run.error_total > 0) {
          console.error(`  ${run.error_total} errors, the first: ${run.first_error}`);
          errors += run.error_total;
        }
        runs.get(scenario.name)[side].push(run);
      }
    }
  }
  console.log(table(scenarios, runs, { ours: nameOf(options.ours), theirs: nameOf(options.theirs) }));
  if (options.json) {
    await writeFile(options.json, JSON.stringify(Object.fromEntries(runs), null, 1));
  }
  return errors === 0 ? 0 : 1;
}

/** One run against a server that nothing else has used. */
async function once(command, scenario) {
  const server = new Server(command, Number(options.port));
  const interrupted = async (signal) => {
    await server.stop();
    process.exit(signal === "SIGINT" ? 130 : 143);
  };
  process.once("SIGINT", interrupted).once("SIGTERM", interrupted);
  try {
    await server.ready();
    const args = [...scenario.load, "-t", options.duration, "-w", options.warmup];
    return await load(options.hubload, server, scenario.path ?? "/conformance", args);
  } finally {
    process.off("SIGINT", interrupted).off("SIGTERM", interrupted);
    await server.stop();
  }
}

function nameOf(command) {
  const file = basename(command);
  return { "conformance-app": "Hubwire", "reference-server": "ASP.NET Core" }[file] ?? file;
}

function chosen(names) {
  const wanted = names.flatMap((name) => name.split(","));
  const unknown = wanted.filter((name) => !SCENARIOS.some((scenario) => scenario.name === name));
  if (unknown.length > 0) {
    throw new Error(`scenario: ${unknown} (expected: ${SCENARIOS.map((scenario) => scenario.name)})`);
  }
  return SCENARIOS.filter((scenario) => wanted.includes(scenario.name));
}
