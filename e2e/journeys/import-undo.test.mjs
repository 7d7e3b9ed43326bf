// A coordinator's own spreadsheet: a French Excel's CSV, read, looked at, one column corrected, written, taken back whole.

import assert from "node:assert/strict";

import { journey, press, says, saysNot } from "../lib/journey.mjs";

const NEW = "L’Œuvre du Goûter d’essai";
const ALSO_NEW = "Potager d’été de démonstration";
const KNOWN = "Épicerie des Ramenas";

const SHEET = [
  "Nom de l’asso;CP;Ville;Tél;Adresse mail;Le midi",
  `${NEW};93100;Montreuil;01 99 00 11 22;gouter@exemple.fr;120`,
  `${KNOWN};93100;Montreuil;;;`,
  `${KNOWN};75020;Paris;;;`,
  ";93100;Montreuil;;;",
  `${ALSO_NEW};93100;Montreuil;à voir;;40`,
].join("\r\n");

const WORDS = {
  fr: {
    import: "Importer mon tableur",
    file: "Votre fichier",
    read: "Lire le fichier",
    nothing: "Rien n’est encore écrit",
    correct: "Corriger les colonnes",
    column: "Le midi",
    persons: "Personnes accueillies",
    ignored: "Colonnes laissées de côté : Le midi",
    again: "Relire avec ces colonnes",
    corrected: "Les colonnes sont corrigées.",
    verdicts: { known: "Déjà connue", fresh: "Nouvelle", refused: "Refusée", check: "à une autre adresse" },
    nameless: "Cette ligne n’a pas de nom.",
    leftOut: "téléphone illisible",
    confirm: "Valider",
    written: "Cet import est dans l’annuaire.",
    undo: "Annuler tout l’import",
    undone: "2 structures ont été retirées",
    served: "Personnes accueillies 120",
  },
  en: {
    import: "Import my spreadsheet",
    file: "Your file",
    read: "Read the file",
    nothing: "Nothing is written yet",
    correct: "Correct the columns",
    column: "Le midi",
    persons: "Persons served",
    ignored: "Columns left out: Le midi",
    again: "Read again with these columns",
    corrected: "The columns are corrected.",
    verdicts: { known: "Known already", fresh: "New", refused: "Refused", check: "at another address" },
    nameless: "This row has no name.",
    leftOut: "unreadable telephone number",
    confirm: "Confirm",
    written: "This import is in the directory.",
    undo: "Undo the whole import",
    undone: "2 organisations were taken back",
    served: "Persons served 120",
  },
};

/** A text as a French Excel saves it. */
function windows1252(text) {
  const beyondLatin1 = { "’": 0x92, "œ": 0x9c, "Œ": 0x8c, "€": 0x80 };
  return Buffer.from([...text].map((letter) => beyondLatin1[letter] ?? letter.codePointAt(0)));
}

/** Whether the directory finds somebody of that name. */
async function finds(page, name) {
  await page.goto(`/structures?q=${encodeURIComponent(name)}`);
  return (await page.locator("main").getByRole("link", { name, exact: true }).count()) > 0;
}

journey("a spreadsheet is imported, and the whole import undone", async (walk) => {
  const words = WORDS[walk.lang];
  const odile = await walk.person("odile");
  const main = odile.locator("main");
  const row = (name) => main.getByRole("row").filter({ hasText: name });

  // From the directory's page to the preview.
  assert.equal(await finds(odile, NEW), false);
  await odile.goto("/structures");
  await press(main.getByRole("link", { name: words.import }));
  await odile.getByLabel(words.file).setInputFiles({
    name: "Liste des associations.csv",
    mimeType: "text/csv",
    buffer: windows1252(SHEET),
  });
  await press(main.getByRole("button", { name: words.read }));
  await says(odile, words.nothing, words.ignored, words.nameless);
  const verdicts = words.verdicts;
  await says(odile, NEW, ALSO_NEW);
  for (const [name, verdict] of [[NEW, verdicts.fresh], [ALSO_NEW, verdicts.fresh], [ALSO_NEW, words.leftOut]]) {
    assert.match(await row(name).innerText(), new RegExp(verdict), name);
  }
  assert.match(await row(words.nameless).innerText(), new RegExp(verdicts.refused));
  const known = (await row(KNOWN).allInnerTexts()).join("\n");
  assert.match(known, new RegExp(verdicts.known));
  assert.match(known, new RegExp(verdicts.check));
  await walk.look(odile, "import-preview");
  const preview = odile.url();

  // One column was not guessed: it is named on its own page, and the rows are judged again.
  await press(main.getByRole("link", { name: words.correct }));
  await walk.look(odile, "import-columns");
  await odile.getByLabel(words.column).selectOption({ label: words.persons });
  await press(main.getByRole("button", { name: words.again }));
  await says(odile, words.corrected, words.nothing, words.persons);
  await saysNot(odile, words.ignored);

  // Nothing is in the directory before « Valider »; then the two new ones are, and only they.
  assert.equal(await finds(odile, NEW), false);
  await odile.goto(preview);
  await press(main.getByRole("button", { name: words.confirm }));
  await says(odile, words.written, NEW, ALSO_NEW);
  await walk.look(odile, "import-written");
  assert.equal(await finds(odile, ALSO_NEW), true);
  assert.equal(await finds(odile, NEW), true);
  await press(main.getByRole("link", { name: NEW, exact: true }));
  await says(odile, NEW, "93100", "Montreuil", words.served);
  const card = odile.url();

  // One button takes all of it back, and nothing else.
  await odile.goto(preview);
  await press(main.getByRole("button", { name: words.undo }));
  await says(odile, words.undone);
  await walk.look(odile, "import-undone");
  assert.equal(await finds(odile, NEW), false);
  assert.equal(await finds(odile, ALSO_NEW), false);
  assert.equal(await finds(odile, KNOWN), true);
  const gone = await odile.request.get(card);
  assert.equal(gone.status(), 404);
});
