// The server's life as journeys see it, against a stand-in that listens, refuses or never speaks.

import assert from "node:assert/strict";
import { chmod, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";

import { temporaryFolder } from "./server.mjs";

const STAND_IN = `#!${process.execPath}
const [verb] = process.argv.slice(2);
if (process.argv.includes("--seed-only")) { require("node:fs").writeFileSync(process.argv[4], "seeded"); process.exit(0); }
if (verb === "doctor") { console.log("clean"); process.exit(4); }
if (process.env.STAND_IN === "broken") { console.error("the database is a folder"); process.exit(2); }
const file = process.argv[process.argv.indexOf("--db") + 1];
if (verb === "demo" && require("node:fs").readFileSync(file, "utf8") !== "seeded") process.exit(3);
const http = require("node:http");
const server = http.createServer((_, response) => response.end(process.argv.slice(2).join(" ")));
server.listen(0, "127.0.0.1", () => console.log("listening http://127.0.0.1:" + server.address().port));
process.on("SIGTERM", () => process.exit(0));
`;

/** The library reads the binary's place when it is loaded, so each test loads its own. */
async function library(t) {
  const folder = await temporaryFolder();
  t.after(folder.remove);
  const path = join(folder.path, "stand-in.cjs");
  await writeFile(path, STAND_IN);
  await chmod(path, 0o755);
  process.env.TABLEE_BIN = path;
  delete process.env.TABLEE_E2E_TEMPLATE;
  return import(`./server.mjs?${encodeURIComponent(path)}`);
}

test("a server is ready when it says so, and can be cut off and started again", async (t) => {
  const { startDemo } = await library(t);
  const server = await startDemo({ t });
  const answer = await (await fetch(server.at("/"))).text();
  assert.match(answer, /^demo --db .*demo\.db --port 0$/);
  const first = server.url;
  await server.kill();
  assert.equal(server.running, false);
  await assert.rejects(fetch(first));
  await server.start();
  assert.equal((await fetch(server.at("/again"))).status, 200);
  await server.terminate();
  assert.equal(server.running, false);
});

test("a server that cannot start says why", async (t) => {
  const { startServe } = await library(t);
  const refused = startServe({ t, database: "x.db", env: { STAND_IN: "broken" } });
  await assert.rejects(refused, /ended \(2\) before listening:\nthe database is a folder/);
});

test("one command is run to its end", async (t) => {
  const { command } = await library(t);
  assert.deepEqual(await command(["doctor"]), { code: 4, output: "clean\n" });
});

test("a binary that is not there is named", async (t) => {
  process.env.TABLEE_BIN = "/nowhere/tablee";
  delete process.env.TABLEE_E2E_TEMPLATE;
  const { startDemo, startServe } = await import("./server.mjs?nowhere");
  await assert.rejects(startServe({ t, database: "x.db" }), /\/nowhere\/tablee .* could not be started/);
  await assert.rejects(startDemo({ t }), /could not be written .*\n\/nowhere\/tablee could not be started/);
});
