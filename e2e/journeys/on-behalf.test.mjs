// A shop telephones: the coordinator types its offer while listening. The page and the shop's letter say who typed it and
// for whom. Then the shop gets a link of its own, and next time posts without an account.

import assert from "node:assert/strict";

import { Hands, inDays, journey, plain, press, says, saysNot } from "../lib/journey.mjs";

const SHOP = "Supermarché du Parc (fictif)";
const CCAS = "CCAS de démonstration";
const ADDRESS = "60 avenue du Parc";
const BY_PHONE = "Salades du téléphone";
const BY_LINK = "Pain du matin par lien";

const WORDS = {
  fr: {
    donor: "Donateur",
    vegetables: "Fruits et légumes",
    bread: "Féculents",
    product: "Quoi ?",
    quantity: "Combien ?",
    date: "Date la plus proche",
    publish: "Publier l’annonce",
    published: /Annonce C-\d+-\d+ publiée/,
    typed: `Saisi par ${CCAS} pour ${SHOP}`,
    told: new RegExp(`^${CCAS} (a publié pour vous l’annonce|published offer).*${BY_PHONE}`),
    open: /Voir dans Tablée|Suivre le lien/,
    donorPage: "Page du donateur",
    issue: "Créer un lien",
    address: "Adresse à donner",
    byLink: `Vous proposez pour ${SHOP.replace("(", "\\(").replace(")", "\\)")}. Pas besoin de compte.`,
    yours: "Vos annonces en cours",
    revoke: "Retirer le lien",
    revoked: "Le lien ne fonctionne plus.",
  },
  en: {
    donor: "Donor",
    vegetables: "Fruit and vegetables",
    bread: "Starches",
    product: "What?",
    quantity: "How much?",
    date: "Earliest date",
    publish: "Publish the offer",
    published: /Offer C-\d+-\d+ published/,
    typed: `Typed by ${CCAS} for ${SHOP}`,
    told: new RegExp(`^${CCAS} (a publié pour vous l’annonce|published offer).*${BY_PHONE}`),
    open: /Voir dans Tablée|See it in Tablée|Follow/,
    donorPage: "The donor’s page",
    issue: "Make a link",
    address: "Address to give",
    byLink: `You are offering for ${SHOP.replace("(", "\\(").replace(")", "\\)")}. No account needed.`,
    yours: "Your present offers",
    revoke: "Take the link back",
    revoked: "The link no longer works.",
  },
};

journey("an offer typed on the phone for a donor, then the donor's own link", async (walk) => {
  const words = WORDS[walk.lang];
  const main = (page) => page.locator("main");
  const button = (page, name) => main(page).getByRole("button", { name });

  // On the telephone: whom for, what, how much, until when.
  const odile = await walk.person("odile");
  await odile.goto("/collectes/nouvelle");
  const hands = new Hands();
  await hands.select(odile.getByLabel(words.donor), { label: SHOP });
  await hands.choose(odile.getByRole("radio", { name: words.vegetables }));
  await hands.fill(odile.getByLabel(words.product), BY_PHONE);
  await hands.fill(odile.getByLabel(words.quantity), "35");
  await hands.fill(odile.getByLabel(words.date), inDays(6));
  await walk.look(odile, "offer-on-behalf");
  await hands.press(button(odile, words.publish));
  assert.ok(hands.acts <= 6, `${hands.acts} interactions`);
  await says(odile, words.published, BY_PHONE, words.typed, "35 kg", ADDRESS);
  await walk.look(odile, "offer-typed-for");
  const offer = odile.url();

  // The shop's people see it as theirs, marked; and a letter told them.
  const sofia = await walk.person("sofia");
  await sofia.goto(offer);
  await says(sofia, BY_PHONE, words.typed);
  await walk.letter(sofia, "Sofia Marques", words.told);
  await says(sofia, BY_PHONE);
  await walk.look(sofia, "letter-on-behalf");
  await press(main(sofia).getByRole("link", { name: words.open }).first());
  await says(sofia, BY_PHONE, words.typed);

  // A link for the shop, shown once.
  await press(main(odile).getByRole("link", { name: words.donorPage }));
  await press(button(odile, words.issue));
  const link = await odile.getByLabel(words.address).inputValue();
  await walk.look(odile, "donor-page");

  // Whoever holds it posts for the shop, and only that.
  const shop = await walk.stranger();
  await shop.goto(link);
  await says(shop, new RegExp(words.byLink));
  await walk.look(shop, "offer-by-link");
  await shop.getByRole("radio", { name: words.bread }).check();
  await shop.getByLabel(words.product).fill(BY_LINK);
  await shop.getByLabel(words.quantity).fill("12");
  await press(button(shop, words.publish));
  await says(shop, words.published, words.yours, BY_LINK);
  await walk.look(shop, "offer-by-link-done");
  await shop.goto("/collectes");
  assert.match(shop.url(), /connexion/);
  await sofia.goto("/collectes?onglet=nous");
  await says(sofia, BY_LINK, BY_PHONE);

  // Taken back, it opens nothing.
  await odile.reload();
  await odile.goto(offer);
  await press(main(odile).getByRole("link", { name: words.donorPage }));
  await press(button(odile, words.revoke));
  await says(odile, words.revoked);
  const closed = await shop.goto(link);
  await saysNot(shop, BY_LINK, words.publish);
  assert.notEqual(closed.status(), 500);
  shop.complaints.length = 0;
});
