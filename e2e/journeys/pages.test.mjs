// Every type of page of the house, in both languages and at both widths: no axe violation, within its budget, no
// sideways scroll, and a picture of it.

import assert from "node:assert/strict";
import { test } from "node:test";

import { launch, openPage, views } from "../lib/browser.mjs";
import { BUDGETS, standing, whole } from "../lib/checks.mjs";
import { press } from "../lib/journey.mjs";
import { enterAs, speak } from "../lib/people.mjs";
import { startDemo } from "../lib/server.mjs";

// Ways from a list to one of its things; addresses hold ids, so they are followed, not written.
const AN_OFFER = "main .card__title a";
const A_DONOR = "main a[href^='/collectes/donateurs/']";
const A_DRIVE = "main a[href^='/collectes/publiques/0']";
const AN_EDIT = "main a[href$='/modifier']";
const A_SLIP = "main a[href^='/bordereaux/0']";
const A_REQUEST = "main .card__title a";
const A_STANDING = "main a[href^='/demandes/permanentes/0']";
const A_LOT = "main a[href^='/stock/lots/']";
const A_RUN = "main a[href^='/attributions/0']";
const AN_OLDER_RUN = "main li:nth-child(3) a[href^='/attributions/0']";
const A_SHARE = "main a[href^='/attributions/reponse/']";
const A_STRUCTURE = "main th a[href^='/structures/']";
const A_MEETING = "main a[href^='/coordination/reunions/0']";
const A_LETTER = "main a.list__title";

// A run of twenty structures is read on a desktop, line by line: the one page above the nodes of the rule.
const A_RUNS = { ...BUDGETS.signedIn, nodes: 900 };

/**
 * Who looks at what: `[name, path, how]`. Of `how`, `follow` leads on from the path by the first link that matches
 * each selector; `then` is added to the address one ends at; `press` presses a button there, and `fill` fills fields
 * before; `budget` and `status` are what is expected where it is not a signed-in page that is there.
 */
const PAGES = {
  nobody: [
    ["welcome", "/", { budget: "public" }],
    ["sign-in", "/connexion", { budget: "public" }],
    ["sign-in-code", "/connexion", { fill: { email: "mehdi@demo.exemple" }, press: "main form .button" }],
    ["sign-in-link-gone", "/connexion/lien?jeton-connexion=x", { budget: "public", status: 410 }],
    ["personas", "/demo", { budget: "public" }],
    ["mailbox", "/demo/courrier", { budget: "public" }],
    ["letter", "/demo/courrier", { budget: "public", follow: [A_LETTER] }],
    ["digest", "/demo/courrier?pour=tous", { budget: "public", follow: [`${A_LETTER}:text("nouvelles")`, "main a[href^='/resume']"] }],
    ["accessibility", "/accessibilite", { budget: "public" }],
    ["data", "/donnees", { budget: "public" }],
    ["not-found", "/nulle-part", { budget: "public", status: 404 }],
    ["link-gone", "/l/abc", { budget: "public", status: 410 }],
  ],

  // The CCAS, which co-facilitates.
  odile: [
    ["home", "/"],
    ["account", "/compte"],
    ["board", "/collectes"],
    ["board-ours-empty", "/collectes?onglet=nous"],
    ["board-past", "/collectes?onglet=passees"],
    ["board-filtered-empty", "/collectes?famille=hygiene&froid=frozen"],
    ["offer-new", "/collectes/nouvelle"],
    ["offer-refused", "/collectes/nouvelle", { press: "#annonce .button--wide" }],
    ["offer", "/collectes", { follow: [AN_OFFER] }],
    ["offer-edit", "/collectes", { follow: [AN_OFFER, AN_EDIT] }],
    ["donor", "/collectes", { follow: [AN_OFFER, A_DONOR] }],
    ["drive", "/collectes", { follow: [A_DRIVE] }],
    ["drive-new", "/collectes/publiques/nouvelle"],
    ["slips-empty", "/bordereaux"],
    ["pickups-facilitator", "/ramasses"],
    ["agreements-empty", "/conventions"],
    ["structures", "/structures"],
    ["structures-none-found", "/structures?q=zzz"],
    ["structure-new", "/structures/nouvelle"],
    ["card", "/structures", { follow: [A_STRUCTURE] }],
    ["card-edit", "/structures", { follow: [A_STRUCTURE, AN_EDIT] }],
    ["card-history", "/structures", { follow: [A_STRUCTURE, "main a[href$='/historique']"] }],
    ["card-people", "/structures", { follow: [A_STRUCTURE], then: "/membres" }],
    ["place-edit", "/structures", { follow: [A_STRUCTURE, "main a[href^='/lieux/']"] }],
    ["place-new", "/structures", { follow: [A_STRUCTURE, "main a[href$='/lieux/nouveau']"] }],
    ["level", "/structures", { follow: [A_STRUCTURE, "main a[href$='/niveau']"] }],
    ["import", "/import"],
    ["import-refused", "/import", { press: "main form .button" }],
    ["table", "/coordination"],
    ["seat-asks-empty", "/coordination/demandes"],
    ["without-people-empty", "/coordination/sans-personne"],
    ["facilitation", "/coordination/co-animation"],
    ["facilitation-end", "/coordination", { follow: ["main a[href$='/fin']"] }],
    ["meeting", "/coordination", { follow: [A_MEETING] }],
    ["meeting-new", "/coordination/reunions/nouvelle"],
    ["goods", "/coordination/denrees"],
    ["family-new", "/coordination/denrees/familles/nouvelle"],
    ["family-edit", "/coordination/denrees", { follow: ["main a[href^='/coordination/denrees/familles/']"] }],
    ["packaging-new", "/coordination/denrees/conditionnements/nouveau"],
    ["packaging-edit", "/coordination/denrees", { follow: ["main a[href^='/coordination/denrees/conditionnements/']"] }],
    ["runs", "/attributions"],
    ["run", "/attributions", { follow: [A_RUN], budget: A_RUNS }],
    ["run-by-item", "/attributions", { follow: [A_RUN, "main a[href$='?par=lot']"], budget: A_RUNS }],
    ["run-part", "/attributions", { follow: [A_RUN, "main th a"] }],
    ["run-line", "/attributions", { follow: [A_RUN, "main th a", "main a[href^='/attributions/lignes/']"] }],
    ["run-add", "/attributions", { follow: [A_RUN, "main a[href$='/ajouter']"] }],
    ["run-done", "/attributions", { follow: [AN_OLDER_RUN], budget: A_RUNS }],
    ["preparation", "/attributions", { follow: [AN_OLDER_RUN, "main a[href$='/preparation']"], budget: A_RUNS }],
    ["rule", "/attributions/regle"],
    ["requests-all", "/demandes"],
    ["request", "/demandes", { follow: [A_REQUEST] }],
    ["request-edit", "/demandes", { follow: [A_REQUEST, AN_EDIT] }],
    ["request-on-behalf", "/demandes/nouvelle"],
    ["standings-all", "/demandes/permanentes"],
    ["stock-empty", "/stock"],
    ["count-empty", "/stock/inventaire"],
    ["choose", "/structure/choisir"],
    ["letters-mine", "/demo/courrier"],
  ],

  // Leads a social grocery.
  mehdi: [
    ["home-lead", "/"],
    ["own-card", "/structure"],
    ["sharing", "/structure/partage"],
    ["scope", "/structure/partage/contact"],
    ["people", "/structure/membres"],
    ["person-role", "/structure/membres", { follow: ["main a[href^='/structure/membres/']"] }],
    ["requests", "/demandes?a=nous"],
    ["request-new", "/demandes/nouvelle"],
    ["request-refused", "/demandes/nouvelle", { press: "main form .button--wide" }],
    ["standing", "/demandes/permanentes"],
    ["standing-new", "/demandes/permanentes/nouvelle"],
    ["standing-edit", "/demandes/permanentes", { follow: [A_STANDING] }],
    ["drive-record", "/", { follow: ["main a[href$='/noter']"] }],
    ["runs-own", "/attributions"],
    ["share", "/attributions", { follow: [A_SHARE] }],
    ["why", "/attributions", { follow: ["main a[href^='/attributions/pourquoi/']"] }],
    ["slips", "/bordereaux", { budget: { ...BUDGETS.signedIn, nodes: 900 } }],
    ["slip", "/bordereaux", { follow: [A_SLIP] }],
  ],

  // A volunteer of seventy.
  jeannine: [
    ["home-volunteer", "/"],
    ["people-volunteer", "/structure/membres"],
    ["not-yours", "/import", { status: 403 }],
  ],

  // Keeps the hub.
  karim: [
    ["home-hub", "/"],
    ["stock", "/stock"],
    ["stock-sheet", "/stock/fiche"],
    ["receive", "/stock/recevoir"],
    ["receive-refused", "/stock/recevoir", { press: "main form .button--wide" }],
    ["count", "/stock/inventaire"],
    ["lot", "/stock", { follow: [A_LOT] }],
    ["lot-hand-out", "/stock", { follow: [A_LOT, "main .page-head .actions a"] }],
    ["lot-correct", "/stock", { follow: [A_LOT, "main a[href*='/corriger']"] }],
  ],

  // A shop that gives.
  sofia: [
    ["home-donor", "/"],
    ["pickups", "/ramasses"],
    ["agreements", "/conventions"],
  ],

  // A social worker, who reads.
  claire: [
    ["home-reader", "/"],
    ["board-reader", "/collectes"],
    ["offer-reader", "/collectes", { follow: [AN_OFFER] }],
    ["sharing-reader", "/structure/partage"],
  ],

  // The métropole: a table with empty seats, and lists with nothing in them yet.
  ines: [
    ["home-empty", "/"],
    ["board-empty", "/collectes"],
    ["pickups-empty", "/ramasses"],
    ["requests-empty", "/demandes"],
    ["standings-empty", "/demandes/permanentes"],
    ["runs-empty", "/attributions"],
    ["table-with-empty-seats", "/coordination"],
  ],
};

/** The address a row of the table leads to. */
async function reach(page, server, path, { follow = [], then = "" }) {
  let url = server.at(path);
  for (const selector of follow) {
    await page.goto(url);
    url = await page.locator(selector).first().evaluate((link) => link.href);
  }
  return url + then;
}

async function checked(page, server, lang, [name, path, how = {}]) {
  const url = await reach(page, server, path, how);
  page.complaints.length = 0;
  if (!how.press) return whole(page, url, { name, lang, budget: how.budget, status: how.status });
  await page.goto(url);
  for (const [field, text] of Object.entries(how.fill ?? {})) await page.locator(`[name="${field}"]`).first().fill(text);
  await press(page.locator(how.press).first());
  return standing(page, { name, lang });
}

// Two at a time: a page waits more than it works. Each with a server of its own, for a language belongs to a person.
test("every type of page, in both languages and at both widths", { concurrency: 2 }, async (t) => {
  const browser = await launch({ t });
  const shapes = views({ javaScript: [true] }).map(({ width, lang }) =>
    t.test(`${width} px, ${lang}`, async (t) => {
      const server = await startDemo({ t });
      for (const [who, pages] of Object.entries(PAGES)) {
        const page = await openPage(browser, { width, lang });
        if (who === "nobody") await page.goto(server.at("/"));
        else await enterAs(page, server.at("/").replace(/\/$/, ""), who);
        await speak(page, lang);
        assert.equal(await page.locator("html").getAttribute("lang"), lang);
        for (const row of pages) await t.test(row[0], () => checked(page, server, lang, row));
        await page.context().close();
      }
    }),
  );
  await Promise.all(shapes);
});
