// `node contrast.mjs`: reads the tokens and checks every pair of colours that meet on a page, light and dark.
// Text: 7:1 (WCAG 1.4.6). Outlines of controls and the focus ring: 3:1 (WCAG 1.4.11).

import { readFileSync } from "node:fs";

const css = readFileSync(new URL("src/styles/tokens.css", import.meta.url), "utf8");
const [lightPart, darkPart] = css.split("@media (prefers-color-scheme: dark)");
const read = (part) =>
  Object.fromEntries([...part.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6})/g)].map(([, name, value]) => [name, value]));
const light = read(lightPart);
const dark = { ...light, ...read(darkPart) };

function luminance(hex) {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a, b) {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

const HUES = ["walnut", "terracotta", "olive", "slate", "plum", "teal", "done", "info", "warning", "danger"];
const GROUNDS = ["ground", "surface", "sunk"];

function pairs() {
  const list = [];
  for (const ground of GROUNDS) {
    for (const ink of ["ink", "ink-soft", ...HUES]) list.push([ink, ground, 7]);
    for (const outline of ["outline", "focus"]) list.push([outline, ground, 3]);
  }
  for (const hue of HUES) {
    for (const ink of [hue, "ink", "ink-soft"]) list.push([ink, `${hue}-tint`, 7]);
    list.push(["on-accent", hue, 7], ["outline", `${hue}-tint`, 3]);
  }
  return list;
}

let failures = 0;
for (const [scheme, tokens] of Object.entries({ light, dark })) {
  for (const [front, back, least] of pairs()) {
    const found = contrast(tokens[front], tokens[back]);
    if (found < least) {
      failures += 1;
      console.error(`${scheme}: ${front} on ${back} is ${found.toFixed(2)}, less than ${least}`);
    }
  }
}
console.log(failures === 0 ? `contrast: ${pairs().length * 2} pairs hold` : `contrast: ${failures} pairs fail`);
process.exit(failures === 0 ? 0 : 1);
