// Entering the demo as somebody, in one click.

/** The personas by a short name. */
export const PEOPLE = {
  odile: "odile@demo.exemple",
  mehdi: "mehdi@demo.exemple",
  jeannine: "jeannine@demo.exemple",
  karim: "karim@demo.exemple",
  sofia: "sofia@demo.exemple",
  aminata: "aminata@demo.exemple",
  claire: "claire@demo.exemple",
  ines: "ines@demo.exemple",
};

/** Chooses a persona on the demo's page and waits for their home page. */
export async function enterAs(page, base, who) {
  await page.goto(`${base}/demo`);
  await page.locator(`form:has(input[value="${PEOPLE[who]}"]) button`).click();
  await page.waitForURL(`${base}/`);
}

/** Chooses the language with the footer's own button. */
export async function speak(page, lang) {
  if ((await page.locator("html").getAttribute("lang")) === lang) return;
  await page.locator(`.languages button[value="${lang}"]`).click();
  await page.waitForLoadState("load");
}
