// Without a mouse: Tab reaches everything that can be done, in the order of the page, and always shows where one is;
// Escape closes what was opened. And the main pages in forced colours, kept as pictures.

import assert from "node:assert/strict";
import { test } from "node:test";

import { launch, openPage, WIDTHS } from "../lib/browser.mjs";
import { quiet, screenshot } from "../lib/checks.mjs";
import { enterAs } from "../lib/people.mjs";
import { startDemo } from "../lib/server.mjs";

const PAGES = [
  { who: null, name: "welcome", path: "/" },
  { who: null, name: "sign-in", path: "/connexion" },
  { who: "mehdi", name: "home", path: "/" },
  { who: "mehdi", name: "board", path: "/collectes" },
  { who: "mehdi", name: "offer", path: "/collectes", first: "main .card__title a" },
  { who: "sofia", name: "offer-new", path: "/collectes/nouvelle" },
  { who: "mehdi", name: "request-new", path: "/demandes/nouvelle" },
  { who: "karim", name: "stock", path: "/stock" },
  { who: "karim", name: "lot", path: "/stock", first: "main a[href^='/stock/lots/']" },
  { who: "odile", name: "structures", path: "/structures" },
  { who: "odile", name: "run", path: "/attributions", first: "main a[href^='/attributions/']:not([href*='regle'])" },
];

/** In the page: numbers what can be done, and notes how each looks without the focus. */
function number() {
  const can = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']";
  const look = (element) => {
    const seen = [element, element.nextElementSibling].filter(Boolean).map((one) => {
      const { outlineStyle, outlineWidth, outlineColor, boxShadow, borderColor, backgroundColor } = getComputedStyle(one);
      return [outlineStyle, outlineWidth, outlineColor, boxShadow, borderColor, backgroundColor].join(" ");
    });
    return seen.join(" | ");
  };
  window.look = look;
  const shown = (element) => element.checkVisibility() && !element.disabled && element.getClientRects().length > 0;
  const found = [...document.querySelectorAll(can)].filter(shown);
  found.forEach((element, at) => {
    element.dataset.at = String(at);
    element.dataset.before = look(element);
  });
  return found.map((element) => ({
    // Of a group of round buttons, Tab reaches one; the arrows reach the others.
    group: element.type === "radio" ? element.name : "",
    what: `${element.localName} ${(element.innerText || element.name || element.ariaLabel || "").trim().slice(0, 60)}`,
  }));
}

/** In the page: what has the focus, and whether one sees it. */
function focused() {
  const element = document.activeElement;
  if (!element || element === document.body || element.dataset.at === undefined) return null;
  const box = (element.type === "radio" || element.type === "checkbox" ? element.parentElement : element).getBoundingClientRect();
  const inside = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  const x = Math.min(Math.max(box.left + box.width / 2, 1), innerWidth - 1);
  const y = Math.min(Math.max(box.top + box.height / 2, 1), innerHeight - 1);
  const top = document.elementFromPoint(x, y);
  const covered = !(top && (element.contains(top) || top.contains(element) || element.parentElement.contains(top)));
  return { at: Number(element.dataset.at), marked: window.look(element) !== element.dataset.before, inside, covered };
}

async function tabThrough(page) {
  const all = await page.evaluate(number);
  const reached = [];
  // Once around: a date has up to five stops of its own, and the browser one between the last and the first.
  for (let press = 0; press < all.length * 5 + 3; press += 1) {
    await page.keyboard.press("Tab");
    const here = await page.evaluate(focused);
    if (!here) {
      if (reached.length > 0) break;
      continue;
    }
    if (here.at === reached.at(-1)) continue;
    if (reached.includes(here.at)) break;
    reached.push(here.at);
    const { what } = all[here.at];
    assert.ok(here.marked, `nothing shows that the focus is on: ${what}`);
    assert.ok(here.inside && !here.covered, `the focus is out of sight on: ${what}`);
  }
  const groups = new Set(reached.map((at) => all[at].group));
  const missed = all.filter(({ group }, at) => !reached.includes(at) && !(group && groups.has(group)));
  assert.deepEqual(missed.map(({ what }) => what), [], "Tab does not reach these");
  assert.deepEqual(reached, [...reached].sort((a, b) => a - b), "Tab follows the order of the page");
}

async function open(page, server, { who, path, first }) {
  if (who) await enterAs(page, server.at("/").replace(/\/$/, ""), who);
  await page.goto(server.at(path));
  if (first) await page.goto(await page.locator(first).first().evaluate((link) => link.href));
}

test("everything is reached by the keyboard, and shows it", async (t) => {
  const server = await startDemo({ t });
  const browser = await launch({ t });
  for (const width of WIDTHS) {
    for (const shown of PAGES) {
      await t.test(`${shown.name} at ${width} px`, async () => {
        const page = await openPage(browser, { width, hasTouch: false, isMobile: false });
        try {
          await open(page, server, shown);
          await tabThrough(page);
          quiet(page);
        } finally {
          await page.context().close();
        }
      });
    }
  }
});

test("Escape closes the menus and gives the focus back", async (t) => {
  const server = await startDemo({ t });
  const browser = await launch({ t });
  const page = await openPage(browser, { width: 360 });
  await open(page, server, { who: "mehdi", path: "/" });
  for (const menu of [".who", ".menu"]) {
    const summary = page.locator(`${menu} > summary`);
    await summary.focus();
    await page.keyboard.press("Enter");
    assert.equal(await page.locator(menu).getAttribute("open"), "", `${menu} opens`);
    await page.keyboard.press("Escape");
    assert.equal(await page.locator(menu).getAttribute("open"), null, `${menu} closes`);
    assert.ok(await summary.evaluate((element) => element === document.activeElement), `${menu} keeps the focus`);
  }
});

test("the main pages in forced colours", async (t) => {
  const server = await startDemo({ t });
  const browser = await launch({ t });
  for (const shown of PAGES.filter(({ name }) => ["home", "board", "offer-new", "run"].includes(name))) {
    await t.test(shown.name, async () => {
      const page = await openPage(browser, { width: 1280, forcedColors: "active", colorScheme: "dark" });
      try {
        await open(page, server, shown);
        assert.ok(await page.evaluate(() => matchMedia("(forced-colors: active)").matches));
        // What is chosen must show without the page's own colours.
        for (const chosen of await page.locator("main input:checked:visible").all()) {
          const looks = await chosen.evaluate((input) => {
            const other = [...document.getElementsByName(input.name)].find((one) => one !== input && !one.checked);
            const look = (one) => {
              const { borderColor, backgroundColor, color, outlineStyle } = getComputedStyle(one.nextElementSibling ?? one);
              const after = getComputedStyle(one.nextElementSibling ?? one, "::after");
              return [borderColor, backgroundColor, color, outlineStyle, after.borderWidth, after.backgroundColor].join(" ");
            };
            return other ? [look(input), look(other)] : ["a", "b"];
          });
          assert.notEqual(looks[0], looks[1], "what is chosen looks like what is not");
        }
        await screenshot(page, `forced-colours-${shown.name}`);
      } finally {
        await page.context().close();
      }
    });
  }
});
