// A person keeps a passkey on their device, signs out, comes back in with it and without typing anything, and removes it.
// Chromium plays the device: a key that checks its holder and names its owner by itself.

import assert from "node:assert/strict";
import { test } from "node:test";

import { LANGS, WIDTHS, launch, openPage } from "../lib/browser.mjs";
import { whole } from "../lib/checks.mjs";
import { Walk, press, says, saysNot } from "../lib/journey.mjs";
import { enterAs, speak } from "../lib/people.mjs";
import { startDemo } from "../lib/server.mjs";

const WORDS = {
  fr: {
    account: "Votre compte",
    name: "Nom de la nouvelle clé",
    phone: "Mon téléphone",
    add: "Ajouter une clé sur cet appareil",
    added: "Votre clé d’accès est prête",
    unused: "Pas encore utilisée",
    twice: "Cet appareil a déjà une clé d’accès pour vous",
    signOut: "Se déconnecter",
    enter: "Entrer avec ma clé d’accès",
    failed: "Votre appareil n’a pas donné de clé",
    welcome: "Bienvenue",
    used: "Utilisée aujourd’hui",
    remove: "Retirer la clé « Mon téléphone »",
    removed: "La clé « Mon téléphone » n’ouvre plus rien ici",
    undo: "Annuler",
    back: "La clé « Mon téléphone » ouvre de nouveau",
    unknown: "Cette clé n’est pas connue ici",
    letters: [/clé d’accès a été ajoutée/, /clé d’accès a été retirée/],
    elsewhere: "Pour en ajouter une, ouvrez cette page avec un navigateur récent",
  },
  en: {
    account: "Your account",
    name: "Name of the new passkey",
    phone: "My phone",
    add: "Add a passkey on this device",
    added: "Your passkey is ready",
    unused: "Not used yet",
    twice: "This device has a passkey for you already",
    signOut: "Sign out",
    enter: "Enter with my passkey",
    failed: "Your device gave no passkey",
    welcome: "Welcome",
    used: "Used today",
    remove: "Remove the passkey “My phone”",
    removed: "The passkey “My phone” opens nothing here any more",
    undo: "Undo",
    back: "The passkey “My phone” works again",
    unknown: "This passkey is not known here",
    letters: [/passkey was added/, /passkey was removed/],
    elsewhere: "To add one, open this page with a recent browser",
  },
};

/** A device for this page, and a way to change what its holder does. */
async function device(page) {
  const wire = await page.context().newCDPSession(page);
  await wire.send("WebAuthn.enable");
  const { authenticatorId } = await wire.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return {
    recognises: (isUserVerified) => wire.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified }),
    keys: async () => (await wire.send("WebAuthn.getCredentials", { authenticatorId })).credentials,
  };
}

const button = (page, name) => page.getByRole("button", { name });

async function signOut(page, words) {
  await page.locator(".who > summary").click();
  await press(button(page, words.signOut));
}

test("a passkey is added, opens the door and is removed", async (t) => {
  const browser = await launch({ t });
  for (const width of WIDTHS) {
    for (const lang of LANGS) {
      await t.test(`${width} px, ${lang}`, async (t) => {
        const words = WORDS[lang];
        const server = await startDemo({ t });
        // Browsers bind keys to names, never to bare addresses: the demo's name is localhost.
        const base = server.at("/").replace("127.0.0.1", "localhost").replace(/\/$/, "");
        const walk = new Walk(browser, server, { width, lang, javaScript: true });
        const page = await openPage(browser, { width, lang, baseURL: base });
        t.after(() => page.context().close());
        const phone = await device(page);
        await enterAs(page, base, "mehdi");
        await speak(page, lang);

        await page.locator(".who > summary").click();
        await press(page.getByRole("link", { name: words.account }));
        await page.getByLabel(words.name).fill(words.phone);
        await press(button(page, words.add));
        await says(page, words.added, words.phone, words.unused);
        const [key] = await phone.keys();
        assert.ok(key.isResidentCredential, "the key names its owner by itself");
        await walk.look(page, "account-passkey");

        // The same device again: it says so, and nothing is sent.
        await button(page, words.add).click();
        await page.getByRole("alert").getByText(words.twice).waitFor();

        await signOut(page, words);
        await page.goto("/connexion?retour=/compte");
        await button(page, words.enter).waitFor();
        await walk.look(page, "sign-in-passkey");

        // Whoever is not recognised by the device does not come in.
        await phone.recognises(false);
        await button(page, words.enter).click();
        await page.getByRole("alert").getByText(words.failed).waitFor();
        await phone.recognises(true);
        await press(button(page, words.enter));
        assert.equal(new URL(page.url()).pathname, "/compte");
        await says(page, words.welcome, words.used);

        await press(button(page, words.remove));
        await says(page, words.removed);
        await press(button(page, words.undo));
        await says(page, words.back);
        await press(button(page, words.remove));
        await saysNot(page, words.used);
        await signOut(page, words);
        await page.goto("/connexion");
        page.complaints.length = 0;
        await press(button(page, words.enter));
        await says(page, words.unknown);
        // The refusal's status is all that the browser may complain about.
        assert.ok(page.complaints.every((complaint) => complaint.includes("422")), page.complaints.join("\n"));

        for (const subject of words.letters) await walk.letter(page, "Mehdi", subject);
      });
    }
  }
});

test("without JavaScript, or elsewhere than at the house's own name, nothing is offered and nothing is missing", async (t) => {
  const browser = await launch({ t });
  const server = await startDemo({ t });
  const named = server.at("/").replace("127.0.0.1", "localhost").replace(/\/$/, "");
  const bare = server.at("/").replace(/\/$/, "");
  for (const lang of LANGS) {
    for (const [base, javaScript] of [[named, false], [bare, true]]) {
      const page = await openPage(browser, { width: 360, lang, javaScript, baseURL: base });
      try {
        await page.goto("/connexion");
        assert.equal(await button(page, WORDS[lang].enter).isVisible(), false);
        assert.equal(await page.locator("form[action='/connexion'] input[name='email']").isVisible(), true);
        await enterAs(page, base, "mehdi");
        await speak(page, lang);
        await page.goto("/compte");
        await says(page, WORDS[lang].elsewhere);
        assert.equal(await button(page, WORDS[lang].add).isVisible(), false);
      } finally {
        await page.context().close();
      }
    }
  }
});

test("one's own page, in both languages and at both widths", async (t) => {
  const browser = await launch({ t });
  const server = await startDemo({ t });
  const base = server.at("/").replace("127.0.0.1", "localhost").replace(/\/$/, "");
  for (const width of WIDTHS) {
    for (const lang of LANGS) {
      const page = await openPage(browser, { width, lang, baseURL: base });
      try {
        await enterAs(page, base, "mehdi");
        await speak(page, lang);
        page.complaints.length = 0;
        await whole(page, `${base}/compte`, { name: "account", lang });
      } finally {
        await page.context().close();
      }
    }
  }
});
