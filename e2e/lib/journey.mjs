// One story walked in every shape: phone and desk, French and English, with and without scripts. Each shape has a
// server and a town of its own, so that what one walk changes is not there in the next.

import assert from "node:assert/strict";
import { test } from "node:test";

import { launch, openPage, views } from "./browser.mjs";
import { accessible, noSidewaysScroll, quiet, screenshot, worded } from "./checks.mjs";
import { enterAs, speak } from "./people.mjs";
import { startDemo } from "./server.mjs";

/** How long a letter may take from the act to the mailbox. */
const POST_WITHIN_MS = 15_000;

/** `TABLEE_E2E_SHAPE="360 px, fr"` walks only the shapes of that name, while a story is being written. */
const SHAPE = process.env.TABLEE_E2E_SHAPE ?? "";

/**
 * Tells a story once per shape.
 * @param {string} title
 * @param {(walk: Walk) => Promise<void>} story
 */
export function journey(title, story) {
  test(title, async (t) => {
    const browser = await launch({ t });
    for (const view of views().filter(({ name }) => name.includes(SHAPE))) {
      await t.test(view.name, async (t) => {
        const server = await startDemo({ t });
        const walk = new Walk(browser, server, view);
        try {
          await story(walk);
        } finally {
          await walk.close();
        }
      });
    }
  });
}

/** What a story has in hand in one shape. */
export class Walk {
  #browser;
  #pages = [];

  constructor(browser, server, view) {
    this.#browser = browser;
    this.server = server;
    this.base = server.at("/").replace(/\/$/, "");
    this.lang = view.lang;
    this.width = view.width;
    this.javaScript = view.javaScript;
    // Pictures are taken, and axe asked, where a phone speaks French, a desk English, and once without scripts.
    this.pictured = view.javaScript && (view.lang === "fr") === (view.width === 360);
    this.examined = this.pictured || (!view.javaScript && view.lang === "fr" && view.width === 360);
  }

  /** Somebody's own browser, at their home page. */
  async person(who) {
    const page = await this.stranger();
    await enterAs(page, this.base, who);
    await speak(page, this.lang);
    return page;
  }

  /** A browser nobody has signed in with. */
  async stranger() {
    const { width, lang, javaScript, base } = this;
    const page = await openPage(this.#browser, { width, lang, javaScript, baseURL: base });
    this.#pages.push(page);
    return page;
  }

  /** Checks a page as it stands, fields filled and all, and keeps its picture. */
  async look(page, name) {
    if (this.pictured) await screenshot(page, name, { lang: this.lang });
    quiet(page);
    await worded(page);
    await noSidewaysScroll(page);
    if (this.examined) await accessible(page, { name: `${name} (${this.lang}, ${this.width} px)` });
  }

  /** The letter to somebody whose subject matches, once it is in the mailbox; `page` then shows it. */
  async letter(page, to, subject) {
    const until = Date.now() + POST_WITHIN_MS;
    let seen = [];
    while (Date.now() < until) {
      await page.goto("/demo/courrier");
      const letters = page.locator("main li").filter({ hasText: to });
      seen = (await letters.allInnerTexts()).map(plain);
      const found = seen.findIndex((text) => subject.test(text));
      if (found >= 0) {
        await letters.nth(found).getByRole("link").click();
        await page.waitForURL(/courrier\/./);
        return;
      }
    }
    assert.fail(`no letter to ${to} matches ${subject}; there are:\n  ${seen.join("\n  ")}`);
  }

  async close() {
    for (const page of this.#pages) await page.context().close();
  }
}

/** A text with every kind of space made plain. */
export const plain = (text) => text.replace(/\s+/g, " ").trim();

/** What the page's main part says. */
export const said = async (page) => plain(await page.locator("main").innerText());

/** The page says each of these. */
export async function says(page, ...expected) {
  const text = await said(page);
  for (const words of expected) {
    const there = words instanceof RegExp ? words.test(text) : text.includes(words);
    assert.ok(there, `${page.url()} does not say ${words}:\n${text}`);
  }
}

/** The page says none of these. */
export async function saysNot(page, ...unexpected) {
  const text = await said(page);
  for (const words of unexpected) {
    const there = words instanceof RegExp ? words.test(text) : text.includes(words);
    assert.ok(!there, `${page.url()} says ${words}:\n${text}`);
  }
}

/** Presses something that leads to another page, or to this one again, and waits for it. */
export async function press(target) {
  const loaded = target.page().waitForEvent("load");
  // Where the click itself fails, its own message says more.
  loaded.catch(() => {});
  await target.click();
  await loaded;
}

/** A day, counted from today, as a date field takes it. */
export function inDays(days) {
  const today = new Date().toLocaleDateString("fr-CA", { timeZone: "Europe/Paris" });
  const day = new Date(`${today}T12:00:00Z`);
  day.setUTCDate(day.getUTCDate() + days);
  return day.toISOString().slice(0, 10);
}

/** Counts what a person does with their hands: a choice, a field filled, a press. */
export class Hands {
  acts = 0;

  async choose(target) {
    this.acts += 1;
    await target.check();
  }

  async select(target, value) {
    this.acts += 1;
    await target.selectOption(value);
  }

  async fill(target, text) {
    this.acts += 1;
    await target.fill(text);
  }

  async press(target) {
    this.acts += 1;
    await press(target);
  }
}

/** Signs with a finger or a mouse in the place to sign of that name. */
export async function draw(page, name) {
  const pad = page.locator(`signature-pad[for="${name}"] svg`);
  await pad.scrollIntoViewIfNeeded();
  const box = await pad.boundingBox();
  const at = (x, y) => [box.x + box.width * x, box.y + box.height * y];
  await page.mouse.move(...at(0.2, 0.6));
  await page.mouse.down();
  for (let step = 1; step <= 12; step += 1) {
    await page.mouse.move(...at(0.2 + step * 0.045, 0.5 + 0.25 * Math.sin(step * 1.3)));
  }
  await page.mouse.up();
}
