// What every page must pass, with failures a person can act on.

import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import AxeModule from "@axe-core/playwright";

import { scriptless } from "./browser.mjs";

// The package's CommonJS default arrives differently in different versions of node.
const AxeBuilder = AxeModule.default ?? AxeModule;

const SCREENSHOTS = join(dirname(fileURLToPath(import.meta.url)), "..", "screenshots");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const KB = 1024;

/**
 * Budgets per page (UX.md rules 5 and 6). Nodes are counted as EcoIndex does: elements, without the insides of
 * pictures. Scripts are transferred bytes.
 */
export const BUDGETS = {
  public: { nodes: 350, requests: 10, bytes: 120 * KB, scripts: 30 * KB },
  signedIn: { nodes: 560, requests: 14, bytes: 180 * KB, scripts: 30 * KB },
};

/** axe finds nothing (rule 3). `exclude` takes selectors and is for what is not ours, never for a known fault. */
export async function accessible(page, { name = page.url(), exclude = [] } = {}) {
  let axe = new AxeBuilder({ page }).withTags(TAGS);
  for (const selector of exclude) axe = axe.exclude(selector);
  const { violations, passes } = await (scriptless(page) ? analyzeScriptless(page, axe) : axe.analyze());
  assert.ok(passes.length > 0, `axe examined nothing on ${name}: the page is empty`);
  if (violations.length === 0) return;
  const told = violations.map((violation) => {
    const nodes = violation.nodes.map((node) => `    ${node.target.join(" ")}\n      ${node.html.slice(0, 160)}`);
    const head = `  ${violation.id} (${violation.impact}): ${violation.help}\n    ${violation.helpUrl}`;
    return [head, ...nodes].join("\n");
  });
  assert.fail(`axe: ${violations.length} violation(s) on ${name}\n${told.join("\n")}`);
}

/**
 * axe needs timers, which do not run where scripts are off. They are turned on for its time only: the page was read
 * and built without them, `noscript` included, and scripts it skipped do not run late.
 */
async function analyzeScriptless(page, axe) {
  // Kept open with the page: when a wire closes, what it had switched off is switched on.
  if (!wires.has(page)) wires.set(page, await page.context().newCDPSession(page));
  const wire = wires.get(page);
  // A new wire begins with "not disabled" and ignores being told so again: first the other way round.
  for (const value of [true, false]) await wire.send("Emulation.setScriptExecutionDisabled", { value });
  try {
    // The other mode opens a second page, which would be without scripts too.
    return await axe.setLegacyMode(true).analyze();
  } finally {
    await wire.send("Emulation.setScriptExecutionDisabled", { value: true });
  }
}

const wires = new WeakMap();

/**
 * Opens a page and weighs it with an empty cache: bytes on the wire, requests, nodes, nothing from anybody else.
 * @param {keyof typeof BUDGETS | { nodes: number, requests: number, bytes: number, scripts: number }} budget
 */
export async function light(page, url, budget = "signedIn", status = 200) {
  const limits = typeof budget === "string" ? BUDGETS[budget] : budget;
  assert.ok(limits, `there is no budget called ${budget}`);
  const measured = await weigh(page, url, status);
  const over = [];
  for (const what of ["nodes", "requests", "bytes", "scripts"]) {
    if (measured[what] > limits[what]) over.push(`${what}: ${measured[what]}, at most ${limits[what]}`);
  }
  if (measured.fonts > 0) over.push(`fonts: ${measured.fonts}, none for Latin script`);
  if (measured.foreign.length > 0) over.push(`from elsewhere: ${measured.foreign.join(", ")}`);
  if (over.length > 0) {
    const heaviest = measured.resources
      .sort((a, b) => b.bytes - a.bytes)
      .map((resource) => `  ${String(resource.bytes).padStart(8)} ${resource.type} ${resource.url}`);
    assert.fail(`${measured.url} is too heavy:\n  ${over.join("\n  ")}\nwhat it fetched:\n${heaviest.join("\n")}`);
  }
  return measured;
}

/** What opening a page costs a person; `status` is how it answers, for pages that say no. */
export async function weigh(page, url, status = 200) {
  const wire = await page.context().newCDPSession(page);
  const fetched = new Map();
  await wire.send("Network.enable");
  await wire.send("Network.setCacheDisabled", { cacheDisabled: true });
  wire.on("Network.requestWillBeSent", ({ requestId, request, type, redirectResponse }) => {
    // A redirect keeps its id: count the answer that sent us on, too.
    if (redirectResponse) {
      fetched.set(`${requestId} ${redirectResponse.url}`, {
        url: redirectResponse.url,
        type: "Redirect",
        bytes: redirectResponse.encodedDataLength,
      });
    }
    if (!request.url.startsWith("data:")) fetched.set(requestId, { url: request.url, type, bytes: 0 });
  });
  wire.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    const resource = fetched.get(requestId);
    if (resource) resource.bytes = encodedDataLength;
  });
  try {
    const response = await page.goto(url, { waitUntil: "networkidle" });
    assert.equal(response?.status(), status, `${url} answered ${response?.status()}`);
    const nodes = await page.evaluate(
      () => document.querySelectorAll("*").length - document.querySelectorAll("svg *").length,
    );
    const here = new URL(page.url()).origin;
    const resources = [...fetched.values()];
    const bytes = (some) => some.reduce((sum, resource) => sum + resource.bytes, 0);
    return {
      url: page.url(),
      nodes,
      requests: resources.length,
      bytes: bytes(resources),
      scripts: bytes(resources.filter((resource) => resource.type === "Script")),
      fonts: resources.filter((resource) => resource.type === "Font").length,
      foreign: resources.map((resource) => resource.url).filter((address) => new URL(address).origin !== here),
      resources,
    };
  } finally {
    await wire.detach();
  }
}

/** Nothing sticks out to the side on the narrowest screen, or at 400 % zoom (rule 3). */
export async function noSidewaysScroll(page, width = 320) {
  const before = page.viewportSize();
  await page.setViewportSize({ width, height: before?.height ?? 800 });
  try {
    const found = await page.evaluate(() => {
      const room = document.documentElement.clientWidth;
      const needed = document.documentElement.scrollWidth;
      if (needed <= room) return { room, needed, culprits: [] };
      const culprits = [...document.body.querySelectorAll("*")]
        .filter((element) => element.getBoundingClientRect().right > room + 1)
        .map((element) => {
          const classes = element.classList.length > 0 ? `.${[...element.classList].join(".")}` : "";
          return `${element.localName}${classes} ends at ${Math.round(element.getBoundingClientRect().right)} px`;
        });
      return { room, needed, culprits: culprits.slice(0, 8) };
    });
    // A phone's browser zooms out to fit what sticks out, so its room may be wider than what was asked for.
    const fits = found.needed <= found.room && found.room <= width;
    assert.ok(
      fits,
      `${page.url()} needs ${found.needed} px where there are ${width}:\n  ${found.culprits.join("\n  ")}`,
    );
  } finally {
    if (before) await page.setViewportSize(before);
  }
}

/** Keeps a picture of the whole page: `e2e/screenshots/NAME-WIDTH-LANG.png`. */
export async function screenshot(page, name, { lang = "fr" } = {}) {
  await mkdir(SCREENSHOTS, { recursive: true });
  const path = join(SCREENSHOTS, `${name}-${page.viewportSize()?.width ?? 0}-${lang}.png`);
  await page.screenshot({ path, fullPage: true, animations: "disabled" });
  return path;
}

/** No text is missing: a key that no catalogue knows shows between ⟦ and ⟧. */
export async function worded(page) {
  const missing = (await page.content()).match(/⟦[^⟧]*⟧/g) ?? [];
  assert.deepEqual(missing, [], `texts are missing on ${page.url()}`);
}

/** The browser had nothing to complain about (blocked scripts, missing files, errors); a page that says no may. */
export function quiet(page) {
  const saysNo = (complaint) => complaint.includes("status of 4") && complaint.endsWith(` ${page.url()}`);
  const complaints = (page.complaints ?? []).filter((complaint) => !saysNo(complaint));
  assert.deepEqual(complaints, [], `the browser complained on ${page.url()}`);
}

/** Every check a page type must pass, in one go; the page stays open. */
export async function whole(page, url, { name, lang = "fr", budget = "signedIn", status = 200 }) {
  const measured = await light(page, url, budget, status);
  await standing(page, { name, lang });
  return measured;
}

/** The same for a page as it stands, after a press: all but its weight. */
export async function standing(page, { name, lang = "fr" }) {
  await accessible(page, { name: `${name} (${lang}, ${page.viewportSize()?.width} px)` });
  await noSidewaysScroll(page);
  await screenshot(page, name, { lang });
  await worded(page);
  quiet(page);
}
