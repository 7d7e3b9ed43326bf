// A need that comes back is written once; its first week is asked for at once, shared out from the hub's stock by a person
// who adjusts and validates, answered from a letter without signing in, prepared, handed over, signed, and served. Another
// structure says no to its part, which is its right.

import assert from "node:assert/strict";

import { inDays, draw, journey, press, said, says, saysNot } from "../lib/journey.mjs";

const PRODUCT = "Jus de pomme du verger d’essai";
const RAMENAS = "Épicerie des Ramenas";
const BOISSIERE = "Secours de la Boissière";
const REASON = "Étagère en travaux cette semaine";

const WORDS = {
  fr: {
    standings: "Demandes permanentes",
    add: "Ajouter une demande permanente",
    weekday: "Quel jour ?",
    drinks: "Boissons",
    save: "Enregistrer",
    day: "Pour quel jour ?",
    send: "Envoyer la demande",
    sent: /Demande D-\d+-\d+ envoyée/,
    instead: "au lieu de 12 kg",
    answer: "Répondre",
    refuse: "Je ne prends pas",
    refuseWhy: "Si vous ne prenez pas, pourquoi ?",
    sendAnswer: "Envoyer ma réponse",
    right: "Refuser est votre droit",
    refused: "Ce que vous ne prenez pas repart pour d’autres.",
    noRoom: "Pas assez de place",
    saved: "Demande permanente enregistrée",
    next: "prochaine",
    ours: "Les nôtres",
    standing: "Permanente",
    product: "Produit",
    weight: /^Poids/,
    weighed: "pesé",
    family: "Famille",
    dry: "Sec",
    bestBefore: "DDM",
    date: "Quelle date",
    receive: "Mettre en stock",
    prepare: "Préparer la répartition du jour",
    toValidate: "À valider",
    adjust: (product) => `Ajuster ${product}`,
    kilos: "Combien de kilos ?",
    why: "Pourquoi ce changement ?",
    sayWhy: "Dites pourquoi, en une phrase.",
    adjusted: /ajustée/,
    validate: "Valider et prévenir les structures",
    validated: "Validée",
    told: "Des produits vous sont proposés",
    open: /Voir dans Tablée|Suivre le lien/,
    because: `Ajusté par la coordination : ${REASON}`,
    whyThis: "Pourquoi cette proposition ?",
    proposed: /vous (est|sont) proposé/,
    back: "Votre proposition",
    accept: "Tout accepter",
    accepted: "Merci, c’est accepté.",
    preparation: "Liste de préparation",
    total: "Total",
    note: "Préparer le bon de livraison",
    noteReady: "Bon de livraison prêt",
    given: "Remis par",
    received: "Reçu par",
    reading: "Température relevée",
    handOver: "Enregistrer la remise",
    handed: /bon BL-\d+-\d+ signé/,
    done: "Déjà remis",
    pdf: "Bon de livraison (PDF)",
    served: "Servie",
    partly: "Servie en partie",
  },
  en: {
    standings: "Standing requests",
    add: "Add a standing request",
    weekday: "Which day?",
    drinks: "Drinks",
    save: "Save",
    day: "For which day?",
    send: "Send the request",
    sent: /Request D-\d+-\d+ sent/,
    instead: "instead of 12 kg",
    answer: "Answer",
    refuse: "We do not take it",
    refuseWhy: "If you do not take it, why?",
    sendAnswer: "Send my answer",
    right: "Refusing is your right",
    refused: "What you do not take goes to others.",
    noRoom: "Not enough room",
    saved: "Standing request saved",
    next: "next",
    ours: "Ours",
    standing: "Standing",
    product: "Product",
    weight: /^Weight/,
    weighed: "weighed",
    family: "Family",
    dry: "Dry",
    bestBefore: "Best before",
    date: "Which date",
    receive: "Put in stock",
    prepare: "Prepare today’s allocation",
    toValidate: "To be validated",
    adjust: (product) => `Adjust ${product}`,
    kilos: "How many kilograms?",
    why: "Why this change?",
    sayWhy: "Say why, in one sentence.",
    adjusted: /adjusted/,
    validate: "Validate and tell the organisations",
    validated: "Validated",
    told: "(Des produits vous sont proposés|Products are proposed to you)",
    open: /Voir dans Tablée|See it in Tablée|Follow/,
    because: `Adjusted by the coordination: ${REASON}`,
    whyThis: "Why this proposal?",
    proposed: /(is|are) proposed to you/,
    back: "Your proposal",
    accept: "Accept everything",
    accepted: "Thank you, it is accepted.",
    preparation: "Preparation list",
    total: "Total",
    note: "Make the delivery note",
    noteReady: "Delivery note ready",
    given: "Given by",
    received: "Received by",
    reading: "Temperature read",
    handOver: "Record the handover",
    handed: /note BL-\d+-\d+ signed/,
    done: "Already handed over",
    pdf: "Delivery note (PDF)",
    served: "Served",
    partly: "Partly served",
  },
};

journey("a standing request, from its form to the hand-over", async (walk) => {
  const words = WORDS[walk.lang];
  const main = (page) => page.locator("main");
  const button = (page, name) => main(page).getByRole("button", { name, exact: true });
  const link = (page, name) => main(page).getByRole("link", { name });

  // A need that comes back, written once; what falls within the week is asked for at once.
  const mehdi = await walk.person("mehdi");
  await mehdi.goto("/demandes");
  await press(link(mehdi, words.standings));
  await press(link(mehdi, words.add));
  const tomorrow = new Date(`${inDays(1)}T12:00:00Z`).getUTCDay() || 7;
  await mehdi.getByLabel(words.weekday).selectOption(String(tomorrow));
  await mehdi.getByLabel(words.drinks).fill("24");
  await walk.look(mehdi, "standing-new");
  await press(button(mehdi, words.save));
  await says(mehdi, words.saved, words.next, words.drinks);
  await mehdi.goto("/demandes");
  await press(main(mehdi).getByRole("link", { name: words.ours, exact: true }));
  const asked = main(mehdi).getByRole("listitem").filter({ hasText: words.drinks }).first();
  assert.match(await asked.innerText(), new RegExp(words.standing));
  await press(asked.getByRole("link").first());
  await says(mehdi, words.drinks, "24 kg");
  await walk.look(mehdi, "request-open");
  const request = mehdi.url();

  // Somebody else asks once.
  const aminata = await walk.person("aminata");
  await aminata.goto("/demandes/nouvelle");
  await aminata.getByLabel(words.day).fill(inDays(1));
  await aminata.getByLabel(words.drinks).fill("12");
  await press(button(aminata, words.send));
  await says(aminata, words.sent, "12 kg");

  // The hub receives what was asked for.
  const karim = await walk.person("karim");
  await karim.goto("/stock/recevoir");
  await karim.getByLabel(words.product).fill(PRODUCT);
  await karim.getByLabel(words.weight).fill("60");
  await karim.getByRole("radio", { name: words.weighed }).check();
  await karim.getByLabel(words.family).selectOption("drinks");
  await karim.getByRole("radio", { name: words.dry }).check();
  await karim.getByRole("radio", { name: words.bestBefore }).check();
  await karim.getByLabel(words.date).fill(inDays(200));
  await press(button(karim, words.receive));
  await says(karim, PRODUCT, "60 kg");

  // The coordinator prepares, reads, changes one line and says why, validates.
  const odile = await walk.person("odile");
  await odile.goto("/attributions");
  await press(button(odile, words.prepare));
  await says(odile, words.toValidate, RAMENAS, BOISSIERE, PRODUCT, "24 kg", "12 kg");
  const run = odile.url();
  const [reference] = /\bA-\d+-\d+/.exec(await said(odile)) ?? [];
  await press(link(odile, BOISSIERE));
  await walk.look(odile, "share-proposed");
  await press(link(odile, words.adjust(PRODUCT)));
  await walk.look(odile, "adjust");
  // The page may offer more than one change; this is the one of this line.
  const line = main(odile).locator("#ligne");
  await line.getByLabel(words.kilos).fill("10");
  await press(line.getByRole("button", { name: words.save }));
  await says(odile, words.sayWhy);
  odile.complaints.length = 0;
  await walk.look(odile, "adjust-refused");
  await line.getByLabel(words.why).fill(REASON);
  await press(line.getByRole("button", { name: words.save }));
  await says(odile, words.adjusted, words.instead);
  await press(button(odile, words.validate));
  await says(odile, words.validated);

  // The structure answers from its letter, in a browser that knows nobody.
  const reader = await walk.stranger();
  await walk.letter(reader, "Mehdi Belkacem", new RegExp(`${words.told}.*${reference}`));
  await walk.look(reader, "letter-proposal");
  await press(link(reader, words.open).first());
  await says(reader, RAMENAS, PRODUCT, "24 kg");
  await walk.look(reader, "answer-by-link");
  await press(link(reader, words.whyThis));
  await says(reader, words.proposed, "24 kg", RAMENAS);
  await walk.look(reader, "why");
  await press(reader.getByRole("link", { name: words.back }));
  await press(button(reader, words.accept));
  await says(reader, words.accepted, PRODUCT);
  await walk.look(reader, "answered");
  await reader.goto(run);
  assert.match(reader.url(), /connexion/, "the link opens its own page alone");

  // The other one reads why its part was changed, and does not take it.
  await aminata.goto("/attributions");
  await press(link(aminata, words.answer).first());
  await says(aminata, PRODUCT, "10 kg", words.because, words.right);
  await aminata.getByRole("radio", { name: words.refuse }).check();
  await aminata.getByLabel(words.refuseWhy).selectOption({ label: words.noRoom });
  await walk.look(aminata, "answer-line-by-line");
  await press(button(aminata, words.sendAnswer));
  await says(aminata, words.refused, words.noRoom);

  // The hub prepares, and hands over with a note signed by both.
  await karim.goto(run);
  await odile.goto(run);
  await press(link(odile, words.preparation));
  await says(odile, RAMENAS, PRODUCT, "24 kg", words.total);
  await saysNot(odile, BOISSIERE);
  await walk.look(odile, "preparation");
  await odile.goto(run);
  const theirs = main(odile).getByRole("row").filter({ hasText: RAMENAS });
  const remise = await theirs.locator("a[href*='/remise/']").getAttribute("href");
  await karim.goto(remise);
  await walk.look(karim, "handover-note");
  await press(button(karim, words.note));
  await says(karim, words.noteReady, PRODUCT);
  const part = (product) => main(karim).getByRole("group").filter({ hasText: product });
  for (const reading of await main(karim).getByLabel(words.reading).all()) await reading.fill("3");
  await karim.getByLabel(words.given).fill("Karim Haddad");
  await karim.getByLabel(words.received).fill("Mehdi Belkacem");
  if (walk.javaScript) for (const name of ["signature-donne", "signature-recoit"]) await draw(karim, name);
  assert.equal(await part(PRODUCT).count(), 1);
  await walk.look(karim, "handover");
  await press(button(karim, words.handOver));
  await says(karim, words.handed, words.done);
  await walk.look(karim, "handover-done");
  const paper = await link(karim, words.pdf).first().getAttribute("href");
  const note = await karim.request.get(paper);
  assert.match(note.headers()["content-type"], /^application\/pdf/);
  assert.equal((await note.body()).subarray(0, 5).toString(), "%PDF-");

  // The request is served, and the lot's page shows where it went.
  await mehdi.goto(request);
  await says(mehdi, words.served, "24 kg");
  await saysNot(mehdi, words.partly);
  await karim.goto("/stock");
  await press(link(karim, PRODUCT));
  await says(karim, PRODUCT, "36 kg", "24 kg", RAMENAS);
  await walk.look(karim, "lot-handed-over");
  await mehdi.goto("/stock");
  await says(mehdi, PRODUCT, "24 kg");
});
