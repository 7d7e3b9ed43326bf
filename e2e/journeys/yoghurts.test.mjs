// 16:40: a supermarket calls. The officer posts 120 kg of yoghurts for it while on the phone; two associations share
// them within minutes; the slip is signed. The same with and without JavaScript, in French and in English.

import assert from "node:assert/strict";
import { test } from "node:test";

import { launch, openPage } from "../lib/browser.mjs";
import { enterAs, speak } from "../lib/people.mjs";
import { startDemo } from "../lib/server.mjs";

/** Counts what a person does with their hands: a click, a choice, a field filled. */
class Hands {
  constructor(page) {
    this.page = page;
    this.acts = 0;
  }
  async choose(selector) {
    this.acts += 1;
    await this.page.locator(selector).check();
  }
  async fill(selector, text) {
    this.acts += 1;
    await this.page.locator(selector).fill(text);
  }
  async press(selector) {
    this.acts += 1;
    await this.page.locator(selector).first().click();
    await this.page.waitForLoadState("load");
  }
}

function inDays(days) {
  const day = new Date(Date.now() + days * 86_400_000);
  return day.toLocaleDateString("fr-CA", { timeZone: "Europe/Paris" });
}

for (const javaScript of [true, false]) {
  for (const { lang, width } of [{ lang: "fr", width: 360 }, { lang: "en", width: 1280 }]) {
    test(`yoghurts at 16:40, ${lang}, ${width} px, ${javaScript ? "with" : "without"} JavaScript`, async (t) => {
      const server = await startDemo({ t });
      const base = server.at("/").replace(/\/$/, "");
      const browser = await launch({ t });
      const page = await openPage(browser, { width, lang, javaScript });

      // Posted in six interactions from the form's page.
      await enterAs(page, base, "sofia");
      await speak(page, lang);
      await page.goto(`${base}/collectes/nouvelle`);
      const hands = new Hands(page);
      await hands.choose('input[name="famille"][value="dairy"]');
      await hands.fill("#produit", "Yaourts nature du parc");
      await hands.fill("#nombre", "120");
      await hands.choose('input[name="date_type"][value="use_by"]');
      await hands.fill("#date", inDays(4));
      await hands.press('main form[method="post"] button.button');
      assert.ok(hands.acts <= 6, `${hands.acts} interactions`);
      assert.doesNotMatch(page.url(), /nouvelle/, await page.locator("main").innerText());

      // The agreement's partner is asked first and takes a part.
      await enterAs(page, base, "mehdi");
      await page.goto(`${base}/collectes`);
      await page.getByRole("link", { name: "Yaourts nature du parc" }).first().click();
      await page.locator("#kg").fill("80");
      await page.locator('form[action*="reserver"] button, form[action*="reservations"] button').first().click();
      await page.waitForLoadState("load");
      assert.match(await page.locator("main").innerText(), /80\s*kg/);
    });
  }
}
