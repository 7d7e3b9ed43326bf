// Builds the front end into dist/: `node build.mjs`. Names carry a fingerprint of what they hold, so that browsers may
// keep them for ever; manifest.json leads from the plain name to the one with the fingerprint.
//
// Fonts are for the papers (PDF) only and are never served to a browser.

import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFile, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const dist = join(here, "dist");

// Everything that is served, under its plain name. `budget`: bytes after gzip, beyond which the build fails.
const SERVED = [
  { name: "app.css", from: "src/styles/app.css", budget: 12 * 1024 },
  { name: "app.js", from: "src/app.ts", budget: 10 * 1024 },
  { name: "icons.svg", from: "src/icons.svg", budget: 6 * 1024 },
];

const FONTS = ["400Regular/AtkinsonHyperlegible_400Regular.ttf", "700Bold/AtkinsonHyperlegible_700Bold.ttf"];

// Phones of 2020 that still receive updates, and desktops of town halls that receive few.
const TARGET = ["chrome88", "firefox91", "safari14.1"];

async function content({ from }) {
  const path = join(here, from);
  if (extname(from) === ".svg") {
    const text = await readFile(path, "utf8");
    return Buffer.from(text.replace(/<!--[\s\S]*?-->/g, "").replace(/>\s+</g, "><").trim());
  }
  const result = await build({
    entryPoints: [path],
    absWorkingDir: here,
    bundle: true,
    minify: true,
    write: false,
    format: "esm",
    target: TARGET,
    charset: "utf8",
    legalComments: "none",
    logLevel: "warning",
  });
  return Buffer.from(result.outputFiles[0].contents);
}

function withFingerprint(name, bytes) {
  const extension = extname(name);
  const fingerprint = createHash("sha256").update(bytes).digest("hex").slice(0, 10);
  return `${name.slice(0, -extension.length)}-${fingerprint}${extension}`;
}

if (process.env.CI) {
  const types = spawnSync(process.execPath, [join(here, "node_modules/typescript/bin/tsc"), "--noEmit"], {
    cwd: here,
    stdio: "inherit",
  });
  if (types.status !== 0) process.exit(types.status ?? 1);
}

await rm(dist, { recursive: true, force: true });
await mkdir(join(dist, "fonts"), { recursive: true });

const manifest = {};
let over = false;
for (const file of SERVED) {
  const bytes = await content(file);
  const hashed = withFingerprint(file.name, bytes);
  await writeFile(join(dist, hashed), bytes);
  manifest[file.name] = hashed;
  const weight = gzipSync(bytes, { level: 9 }).length;
  const verdict = weight > file.budget ? "OVER BUDGET" : "within budget";
  over ||= weight > file.budget;
  console.log(
    `${file.name.padEnd(10)} ${String(bytes.length).padStart(7)} bytes, ${String(weight).padStart(6)} gzipped, ` +
      `${verdict} (${file.budget})`,
  );
}
for (const font of FONTS) {
  const from = join(here, "node_modules/@expo-google-fonts/atkinson-hyperlegible", font);
  await copyFile(from, join(dist, "fonts", font.split("/").pop()));
}
await writeFile(join(dist, "manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);
if (over) process.exit(1);
