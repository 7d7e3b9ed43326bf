// 16:40: a supermarket has 120 kg of yoghurts with a use-by date in three days. Posted in six interactions, shared by two
// associations within minutes, handed over with a slip, and in the receiver's stock.

import assert from "node:assert/strict";

import { Hands, draw, inDays, journey, press, says, saysNot } from "../lib/journey.mjs";

const PRODUCT = "Yaourts nature du parc";
const SHOP = "Supermarché du Parc (fictif)";

/** The letter to the shop, in the language she had chosen by then. */
const TOLD = new RegExp(`Épicerie des Ramenas (vient chercher 80 kg de|comes for 80 kg of) ${PRODUCT}`);

/** The letter to whoever is near, about what the partner left. */
const LEFT = new RegExp(`(Ça presse|Urgent).*40 kg (de|of) ${PRODUCT}`);

const WORDS = {
  fr: {
    offer: "Proposer",
    family: "Produits laitiers",
    product: "Quoi ?",
    quantity: "Combien ?",
    date: "Date la plus proche",
    cold: "Température",
    publish: "Publier l’annonce",
    posted: /Annonce C-\d+-\d+ publiée/,
    urgent: "Ça presse",
    sensitive: "Frais très périssable",
    asked: `120 kg de ${PRODUCT} : vous êtes les premiers prévenus`,
    answer: "Répondre",
    reserve: "Réserver",
    held: (kg) => `${kg} kg réservés`,
    howMuch: "Combien",
    come: "Nous venons",
    notComing: "Nous ne venons plus",
    coming: (kg) => `${kg} kg sont réservés pour vous`,
    release: "Annuler la réservation",
    released: /kg rendus/,
    fetch: (kg) => `À prendre : ${kg} kg de ${PRODUCT}`,
    takeOver: "Prendre en charge",
    reading: "Température relevée",
    too: "une phrase",
    giver: "Signe pour Supermarché du Parc (fictif) (nom)",
    receiver: "Signe pour Épicerie des Ramenas (nom)",
    allTaken: "Tout pris",
    taken: /bordereau B-\d+-\d+. Les denrées sont dans votre stock/,
    print: "Imprimer (PDF)",
    donor: "Donateur",
    older: "bordereaux plus anciens comptent dans le total",
    inForce: "En vigueur",
    minutes: "30 minutes avant",
    propose: "Proposer une convention",
    addPickup: "Ajouter une ramasse",
  },
  en: {
    offer: "Offer",
    family: "Dairy",
    product: "What?",
    quantity: "How much?",
    date: "Earliest date",
    cold: "Temperature",
    publish: "Publish the offer",
    posted: /Offer C-\d+-\d+ published/,
    urgent: "Urgent",
    sensitive: "Chilled, very perishable",
    asked: `120 kg of ${PRODUCT}: you are told first`,
    answer: "Answer",
    reserve: "Reserve",
    held: (kg) => `${kg} kg reserved`,
    howMuch: "How much",
    come: "We are coming",
    notComing: "We are not coming any more",
    coming: (kg) => `${kg} kg are reserved for you`,
    release: "Cancel the reservation",
    released: /kg given back/,
    fetch: (kg) => `To collect: ${kg} kg of ${PRODUCT}`,
    takeOver: "Record the handover",
    reading: "Temperature read",
    too: "one sentence",
    giver: "Signs for Supermarché du Parc (fictif) (name)",
    receiver: "Signs for Épicerie des Ramenas (name)",
    allTaken: "All taken",
    taken: /slip B-\d+-\d+. The goods are in your stock/,
    print: "Print (PDF)",
    donor: "Donor",
    older: "older slips count in the total",
    inForce: "In force",
    minutes: "30 minutes before",
    propose: "Propose an agreement",
    addPickup: "Add a pickup",
  },
};

journey("16:40, 120 kg of yoghurts: posted, shared, taken over", async (walk) => {
  const words = WORDS[walk.lang];
  const main = (page) => page.locator("main");
  const button = (page, name) => main(page).getByRole("button", { name, exact: true });

  // The donor's home has one main button; behind it, six interactions at most.
  const sofia = await walk.person("sofia");
  await press(main(sofia).getByRole("link", { name: words.offer }).first());
  const hands = new Hands();
  await hands.choose(sofia.getByRole("radio", { name: words.family }));
  await hands.fill(sofia.getByLabel(words.product), PRODUCT);
  await hands.fill(sofia.getByLabel(words.quantity), "120");
  await hands.fill(sofia.getByLabel(words.date), inDays(3));
  await hands.select(sofia.getByLabel(words.cold), "chilled_sensitive");
  await walk.look(sofia, "offer-filled");
  await hands.press(button(sofia, words.publish));
  assert.ok(hands.acts <= 6, `${hands.acts} interactions`);
  await says(sofia, words.posted, PRODUCT, "120 kg", words.urgent, words.sensitive);
  await walk.look(sofia, "offer-posted");

  // The partner by agreement is told first, and others see nothing yet.
  const jeannine = await walk.person("jeannine");
  await jeannine.goto("/collectes");
  await saysNot(jeannine, PRODUCT);
  const mehdi = await walk.person("mehdi");
  await says(mehdi, words.asked);
  await press(main(mehdi).getByRole("listitem").filter({ hasText: words.asked }).getByRole("link", { name: words.answer }));
  await mehdi.getByLabel(words.quantity).fill("80");
  await press(button(mehdi, words.reserve));
  await says(mehdi, words.held(80));
  await walk.look(mehdi, "offer-held");

  // The neighbours' letter opens it in a browser that knows nobody: one figure, one button, and the way back.
  const neighbour = await walk.stranger();
  await walk.letter(neighbour, "", LEFT);
  await press(main(neighbour).locator("a[href*='/l/']").first());
  await says(neighbour, PRODUCT, "40 kg", words.urgent);
  await walk.look(neighbour, "come");
  await neighbour.getByLabel(words.howMuch).fill("10");
  await press(button(neighbour, words.come));
  await says(neighbour, words.coming(10), "30 kg");
  await walk.look(neighbour, "come-held");
  await press(button(neighbour, words.notComing));
  await says(neighbour, words.released, "40 kg");

  // What the partner left is on everybody's board at once, is taken, given back, taken again.
  await jeannine.reload();
  const card = main(jeannine).getByRole("listitem").filter({ hasText: PRODUCT });
  await says(jeannine, PRODUCT);
  assert.match(await card.first().innerText(), /40\s*kg/);
  for (const last of [false, true]) {
    await jeannine.goto("/collectes");
    await press(card.getByRole("link", { name: PRODUCT }));
    await press(button(jeannine, words.reserve));
    await says(jeannine, words.held(40));
    if (last) break;
    await press(button(jeannine, words.release));
    await says(jeannine, words.released);
  }
  await saysNot(jeannine, /\b80 kg réservés pour vous/);

  // At the shop's back door: temperature, names, signatures, one button.
  await mehdi.goto("/");
  const fetch = main(mehdi).getByRole("listitem").filter({ hasText: words.fetch(80) });
  if (await fetch.count()) await press(fetch.getByRole("link", { name: words.takeOver }));
  else {
    // Nothing to fetch today: it is late, and the window is tomorrow's.
    await mehdi.goto("/collectes?onglet=nous");
    await press(main(mehdi).getByRole("link", { name: PRODUCT }));
    await press(main(mehdi).getByRole("link", { name: words.takeOver }));
  }
  await walk.look(mehdi, "taking");
  await button(mehdi, words.allTaken).click();
  await mehdi.getByRole("alert").waitFor();
  mehdi.complaints.length = 0;
  await walk.look(mehdi, "taking-refused");
  await mehdi.getByLabel(words.reading).fill("3,2");
  await mehdi.getByLabel(words.giver).fill("Sofia Marques");
  assert.equal(await mehdi.getByLabel(words.receiver).inputValue(), "Mehdi Belkacem");
  if (walk.javaScript) for (const name of ["donateur_trace", "receveur_trace"]) await draw(mehdi, name);
  await walk.look(mehdi, "taking-signed");
  await press(button(mehdi, words.allTaken));
  await says(mehdi, words.taken, PRODUCT, "80 kg", /3[,.]2 °C/, "Sofia Marques", "Mehdi Belkacem");
  assert.equal(await main(mehdi).locator("svg[role=img]").count(), walk.javaScript ? 2 : 0, "signatures drawn");
  await walk.look(mehdi, "slip");

  // The slip as paper, for both sides and nobody else.
  const paper = await main(mehdi).getByRole("link", { name: words.print }).getAttribute("href");
  for (const [page, status] of [[mehdi, 200], [sofia, 200], [jeannine, 404]]) {
    const answer = await page.request.get(paper);
    assert.equal(answer.status(), status, paper);
    if (status !== 200) continue;
    assert.match(answer.headers()["content-type"], /^application\/pdf/);
    assert.equal((await answer.body()).subarray(0, 5).toString(), "%PDF-");
  }

  // In the receiver's stock, with its history; and the donor was told.
  await mehdi.goto("/stock");
  await says(mehdi, PRODUCT, "80 kg");
  await press(main(mehdi).getByRole("link", { name: PRODUCT }));
  await says(mehdi, PRODUCT, "80 kg", SHOP);
  await sofia.goto("/bordereaux?sens=donnes");
  await says(sofia, PRODUCT, "80 kg", words.older);
  assert.ok((await main(sofia).getByRole("row").count()) <= 32, "a year of slips stays a light page");
  await walk.look(sofia, "slips");
  await walk.letter(sofia, "Sofia Marques", TOLD);
  await says(sofia, TOLD);
  await walk.look(sofia, "letter");

  // What saves the next call: the agreement that asked Mehdi first, and a pickup each week.
  await sofia.goto("/conventions");
  await says(sofia, words.inForce, words.minutes);
  await sofia.getByText(words.propose).click();
  assert.equal(await sofia.getByLabel(words.donor).evaluate((list) => list.selectedOptions[0].text), SHOP);
  await walk.look(sofia, "agreement-form");
  await sofia.goto("/ramasses");
  await sofia.getByText(words.addPickup).click();
  await walk.look(sofia, "pickup-form");
});
