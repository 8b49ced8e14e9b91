// Starts and stops servers, each pinned to one core, and runs hubload on another.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";

const SERVER_CORE = "0";
const LOAD_CORE = "1";
/** The first start of either server may have to compile it. */
const START_TIMEOUT_MS = 300_000;
const STOP_TIMEOUT_MS = 15_000;

/** A conformance application in a process of its own. */
export class Server {
  #command;
  #child;
  #output = "";

  constructor(command, port) {
    this.#command = command;
    this.url = `http://127.0.0.1:${port}`;
    this.#child = spawn("taskset", ["-c", SERVER_CORE, command, "--port", String(port)], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.#child.stdout.on("data", (data) => (this.#output += data));
    this.#child.stderr.on("data", (data) => (this.#output += data));
  }

  get pid() {
    return this.#child.pid;
  }

  /** Resolves when it listens. */
  async ready() {
    await this.#listening();
    await this.#checkThatTheLauncherIsGone();
  }

  #listening() {
    return new Promise((resolve, reject) => {
      const fail = (what) => reject(new Error(`${this.#command}: ${what}\n${this.#output}`));
      const timer = setTimeout(() => fail("not listening after five minutes"), START_TIMEOUT_MS);
      const check = () => {
        if (this.#output.includes("listening on ")) {
          clearTimeout(timer);
          resolve();
        }
      };
      this.#child.stdout.on("data", check);
      this.#child.once("error", (error) => (clearTimeout(timer), fail(error.message)));
      this.#child.once("exit", (status) => (clearTimeout(timer), fail(`ended with ${status}`)));
    });
  }

  /** A launcher that does not exec would leave us measuring, and stopping, a shell. */
  async #checkThatTheLauncherIsGone() {
    const name = (await readFile(`/proc/${this.pid}/comm`, "utf8")).trim();
    if (!["java", "dotnet"].includes(name)) {
      throw new Error(`${this.#command} runs its server as a child of ${name} (expected: exec, so that its pid is the server's)`);
    }
  }

  /** Asks it to stop, and makes it if it does not. */
  async stop() {
    if (this.#child.pid === undefined || this.#child.exitCode !== null || this.#child.signalCode !== null) {
      return;
    }
    const exited = once(this.#child, "exit");
    this.#child.kill("SIGTERM");
    const timer = setTimeout(() => this.#child.kill("SIGKILL"), STOP_TIMEOUT_MS);
    await exited;
    clearTimeout(timer);
  }
}

/** Runs hubload and returns what it measured. Errors that it counted are in the result. */
export async function load(hubload, server, path, args) {
  const [scenario, ...options] = args;
  const child = spawn(
    "taskset",
    ["-c", LOAD_CORE, hubload, scenario, server.url + path, ...options, "--server-pid", String(server.pid), "--json"],
    { stdio: ["ignore", "pipe", "pipe"] },
  );
  let out = "";
  let err = "";
  child.stdout.on("data", (data) => (out += data));
  child.stderr.on("data", (data) => (err += data));
  const [status] = await once(child, "close");
  if (status !== 0 && status !== 2) {
    throw new Error(`hubload ended with ${status}: ${err}`);
  }
  return JSON.parse(out);
}
