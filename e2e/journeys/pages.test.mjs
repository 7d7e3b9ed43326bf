// Every type of page, in both languages and at both widths: no axe violation, within its budget, no sideways scroll,
// and a picture of it.

import { test } from "node:test";

import { launch, openPage, LANGS, WIDTHS } from "../lib/browser.mjs";
import { BUDGETS, whole } from "../lib/checks.mjs";
import { enterAs, speak } from "../lib/people.mjs";
import { startDemo } from "../lib/server.mjs";

/** Who looks at what. `first` follows the first link that matches, to reach pages whose address is an id. */
const PAGES = [
  { who: null, name: "welcome", path: "/", budget: "public" },
  { who: null, name: "sign-in", path: "/connexion", budget: "public" },
  { who: null, name: "personas", path: "/demo", budget: "public" },
  { who: null, name: "accessibility", path: "/accessibilite", budget: "public" },
  { who: null, name: "data", path: "/donnees", budget: "public" },
  { who: "odile", name: "home", path: "/" },
  { who: "odile", name: "board", path: "/collectes" },
  { who: "odile", name: "offer-new", path: "/collectes/nouvelle" },
  { who: "odile", name: "offer", path: "/collectes", first: "main a[href^='/collectes/']:not([href*='nouvelle']):not([href*='donateurs'])" },
  { who: "odile", name: "structures", path: "/structures" },
  { who: "odile", name: "card", path: "/structures", first: "main a[href^='/structures/']:not([href*='nouvelle'])" },
  { who: "odile", name: "import", path: "/import" },
  { who: "odile", name: "table", path: "/coordination" },
  { who: "odile", name: "goods", path: "/coordination/denrees" },
  { who: "odile", name: "runs", path: "/attributions" },
  // A run of twenty structures is read on a desktop, line by line: the one page above the nodes of the rule.
  { who: "odile", name: "run", path: "/attributions", first: "main a[href^='/attributions/']:not([href*='regle'])", budget: { ...BUDGETS.signedIn, nodes: 900 } },
  { who: "odile", name: "rule", path: "/attributions/regle" },
  { who: "mehdi", name: "home-lead", path: "/" },
  { who: "mehdi", name: "sharing", path: "/structure/partage" },
  { who: "mehdi", name: "people", path: "/structure/membres" },
  { who: "mehdi", name: "requests", path: "/demandes" },
  { who: "mehdi", name: "request-new", path: "/demandes/nouvelle" },
  { who: "mehdi", name: "standing", path: "/demandes/permanentes" },
  { who: "karim", name: "stock", path: "/stock" },
  { who: "karim", name: "receive", path: "/stock/recevoir" },
  { who: "karim", name: "count", path: "/stock/inventaire" },
  { who: "karim", name: "lot", path: "/stock", first: "main a[href^='/stock/lots/']" },
  { who: "sofia", name: "home-donor", path: "/" },
  { who: "sofia", name: "pickups", path: "/ramasses" },
  { who: "sofia", name: "agreements", path: "/conventions" },
  { who: "claire", name: "home-reader", path: "/" },
];

test("every type of page, in both languages and at both widths", async (t) => {
  const server = await startDemo({ t });
  const browser = await launch({ t });
  for (const width of WIDTHS) {
    for (const lang of LANGS) {
      for (const { who, name, path, first, budget = "signedIn" } of PAGES) {
        await t.test(`${name} at ${width} px in ${lang}`, async () => {
          const page = await openPage(browser, { width, lang });
          try {
            if (who) await enterAs(page, server.at("/").replace(/\/$/, ""), who);
            else await page.goto(server.at("/"));
            await speak(page, lang);
            let url = server.at(path);
            if (first) {
              await page.goto(url);
              url = await page.locator(first).first().evaluate((link) => link.href);
            }
            page.complaints.length = 0;
            await whole(page, url, { name, lang, budget });
          } finally {
            await page.context().close();
          }
        });
      }
    }
  }
});
