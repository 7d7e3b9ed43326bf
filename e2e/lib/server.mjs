// A server of one's own for a journey: started on a free port, ready when it says so, gone at the end.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { rmSync } from "node:fs";
import { copyFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..", "..");

/** Filling the demo territory in a debug build is the longest thing a start may do. */
const READY_WITHIN_MS = 180_000;
const STOPPED_WITHIN_MS = 15_000;
const KEPT_LINES = 60;

/** The binary under test. */
export const binary = process.env.TABLEE_BIN ?? join(ROOT, "target", "debug", "tablee");

/** A folder that `remove` takes away; one per server, so that journeys never share a database. */
export async function temporaryFolder() {
  const path = await mkdtemp(join(tmpdir(), "tablee-e2e-"));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

/**
 * The demo territory on an SQLite file of its own. With `t` (a node:test context) it ends with the test.
 * @param {{ t?: import("node:test").TestContext, db?: string, args?: string[], env?: Record<string, string> }} options
 */
export async function startDemo({ t, db, args = [], env = {} } = {}) {
  if (db !== undefined) return started(new Server(["demo", "--db", db, "--port", "0", ...args], env), t);
  const filled = await seeded();
  const folder = await temporaryFolder();
  const own = join(folder.path, "demo.db");
  await copyFile(filled, own);
  return started(new Server(["demo", "--db", own, "--port", "0", ...args], env, folder), t);
}

let template;

/** A filled demo database to copy: the test command's, else one made once for this process. */
function seeded() {
  template ??= process.env.TABLEE_E2E_TEMPLATE ? Promise.resolve(process.env.TABLEE_E2E_TEMPLATE) : seed();
  return template;
}

async function seed() {
  const { path } = await temporaryFolder();
  process.once("exit", () => rmSync(path, { recursive: true, force: true }));
  const file = join(path, "template.db");
  const { code, output } = await command(["demo", "--db", file, "--seed-only"]);
  if (code !== 0) throw new Error(`the demo territory could not be written (${code}):\n${output}`);
  return file;
}

/**
 * `tablee serve` as an installation runs it; settings come by environment.
 * @param {{ t?: import("node:test").TestContext, database: string, args?: string[], env?: Record<string, string> }} options
 */
export async function startServe({ t, database, args = [], env = {} }) {
  const words = ["serve", "--listen", "127.0.0.1:0", ...args];
  return started(new Server(words, { TABLEE_DATABASE_URL: database, ...env }), t);
}

async function started(server, t) {
  t?.after(() => server.stop());
  try {
    await server.start();
  } catch (error) {
    await server.stop();
    throw error;
  }
  return server;
}

/** Runs one command of the binary to its end (`doctor`, `migrate`): its exit code and what it printed. */
export async function command(words, env = {}) {
  const child = spawn(binary, words, { env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  child.once("error", (error) => (output += `${binary} could not be started: ${error.message}`));
  child.stdout.on("data", (bytes) => (output += bytes));
  child.stderr.on("data", (bytes) => (output += bytes));
  // Not `once`: it would refuse on "error", and a binary that cannot start is an outcome too.
  return new Promise((resolve) => {
    child.once("close", (code, signal) => resolve({ code: code ?? signal, output }));
  });
}

export class Server {
  #words;
  #env;
  #folder;
  #child;
  #lines = [];

  constructor(words, env = {}, folder = undefined) {
    this.#words = words;
    this.#env = env;
    this.#folder = folder;
  }

  /** Where it answers: `http://127.0.0.1:PORT`. Changes when it is started again. */
  url = "";

  /** The last lines it printed, for messages. */
  get log() {
    return this.#lines.join("\n");
  }

  /** Starts (again, on the same database), and returns once it listens. */
  async start() {
    const child = spawn(binary, this.#words, {
      env: { ...process.env, ...this.#env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.#child = child;
    // Should this process end without its hooks, the server must not outlive it.
    const orphan = () => child.kill("SIGKILL");
    process.once("exit", orphan);
    child.once("exit", () => process.off("exit", orphan));

    let heard;
    const listening = new Promise((resolve) => (heard = resolve));
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on("line", (line) => {
        this.#lines.push(line);
        if (this.#lines.length > KEPT_LINES) this.#lines.shift();
        const address = /^listening (http:\/\/\S+)$/.exec(line)?.[1];
        if (address) heard(address.replace(/\/$/, ""));
      });
    }
    const shown = `${binary} ${this.#words.join(" ")}`;
    const ended = new Promise((_, refuse) => {
      child.once("error", (error) => refuse(new Error(`${shown} could not be started: ${error.message}`)));
      // "close" comes after the last line, "exit" may come before it.
      child.once("close", (code, signal) =>
        refuse(new Error(`${shown} ended (${code ?? signal}) before listening:\n${this.log}`)),
      );
    });
    ended.catch(() => {});
    const late = deadline(READY_WITHIN_MS, () => `${shown} did not listen in time:\n${this.log}`);
    try {
      this.url = await Promise.race([listening, ended, late.passed]);
    } finally {
      late.cancel();
    }
    return this;
  }

  /** The address of a page. */
  at(path) {
    return new URL(path, this.url).href;
  }

  /** Whether it runs. */
  get running() {
    return this.#child !== undefined && this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** Ends it as a power cut would; the database stays, `start` begins again on it. */
  async kill() {
    await this.#end("SIGKILL");
  }

  /** Asks it to end, as an operator does; the database stays. */
  async terminate() {
    await this.#end("SIGTERM");
  }

  /** Ends it and takes its temporary files away. */
  async stop() {
    await this.#end("SIGTERM");
    await this.#folder?.remove();
  }

  async #end(signal) {
    if (!this.running) return;
    const child = this.#child;
    const ended = once(child, "exit");
    child.kill(signal);
    const late = deadline(STOPPED_WITHIN_MS, () => `the server did not end on ${signal}:\n${this.log}`);
    try {
      await Promise.race([ended, late.passed]);
    } catch (error) {
      child.kill("SIGKILL");
      await ended;
      throw error;
    } finally {
      late.cancel();
    }
  }
}

/** A promise that refuses after a while; only a limit, never something a journey waits for. */
function deadline(milliseconds, message) {
  let timer;
  const passed = new Promise((_, refuse) => {
    timer = setTimeout(() => refuse(new Error(message())), milliseconds);
  });
  passed.catch(() => {});
  return { passed, cancel: () => clearTimeout(timer) };
}
