// The browser, in the shapes people have: a phone and a desk, French and English, with and without scripts.

import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

import { chromium } from "playwright-core";

/** The widths every page is seen at. */
export const WIDTHS = [360, 1280];
/** The languages every page is read in. */
export const LANGS = ["fr", "en"];

const HEIGHTS = { 360: 740, 1280: 900 };
const LOCALES = { fr: "fr-FR", en: "en-GB" };
const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

// No sandbox: CI runs as root, and only our own pages are ever opened. The rest keeps the browser from talking to
// anybody but the server under test.
const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

const withoutScripts = new WeakSet();

/** Whether a page's context was opened without JavaScript. */
export const scriptless = (page) => withoutScripts.has(page.context());

/**
 * Starts Chromium. With `t` (a node:test context) it closes with the test.
 * @param {{ t?: import("node:test").TestContext }} options
 */
export async function launch({ t } = {}) {
  const browser = await chromium.launch({ executablePath: executable(), args: FLAGS });
  t?.after(() => browser.close());
  return browser;
}

function executable() {
  if (process.env.CHROMIUM) return process.env.CHROMIUM;
  for (const folder of (process.env.PATH ?? "").split(delimiter)) {
    for (const name of NAMES) {
      const path = join(folder, name);
      try {
        accessSync(path, constants.X_OK);
        return path;
      } catch {
        // Not in this folder.
      }
    }
  }
  throw new Error("Chromium was not found: install it or name it in CHROMIUM");
}

/**
 * One person's browser: own cookies, one width, one language, with or without scripts.
 * @param {import("playwright-core").Browser} browser
 * @param {{ width?: number, lang?: "fr" | "en", javaScript?: boolean, baseURL?: string }} options
 */
export async function openContext(browser, { width = 1280, lang = "fr", javaScript = true, baseURL, ...more } = {}) {
  const phone = width < 600;
  const context = await browser.newContext({
    viewport: { width, height: HEIGHTS[width] ?? 800 },
    locale: LOCALES[lang],
    timezoneId: "Europe/Paris",
    javaScriptEnabled: javaScript,
    hasTouch: phone,
    isMobile: phone,
    reducedMotion: "reduce",
    serviceWorkers: "block",
    acceptDownloads: true,
    ...(baseURL ? { baseURL } : {}),
    ...more,
  });
  context.setDefaultTimeout(15_000);
  if (!javaScript) withoutScripts.add(context);
  return context;
}

/** A page of a context of its own, with what the browser complains about kept in `page.complaints`. */
export async function openPage(browser, options = {}) {
  const context = await openContext(browser, options);
  const page = await context.newPage();
  page.complaints = [];
  page.on("pageerror", (error) => page.complaints.push(`script error: ${error.message}`));
  page.on("console", (message) => {
    if (message.type() === "error") page.complaints.push(`console: ${message.text()} ${message.location().url}`);
  });
  return page;
}

/**
 * Every shape a page is seen in; `javaScript` narrows it. Names are ready for subtests.
 * @param {{ widths?: number[], langs?: ("fr" | "en")[], javaScript?: boolean[] }} only
 */
export function views({ widths = WIDTHS, langs = LANGS, javaScript = [true, false] } = {}) {
  const all = [];
  for (const width of widths) {
    for (const lang of langs) {
      for (const scripts of javaScript) {
        const name = `${width} px, ${lang}, ${scripts ? "with" : "without"} JavaScript`;
        all.push({ width, lang, javaScript: scripts, name });
      }
    }
  }
  return all;
}
