// The checks see what they are for: each is shown a good page and a bad one. Needs Chromium, not the server.

import assert from "node:assert/strict";
import { once } from "node:events";
import { access, rm } from "node:fs/promises";
import { createServer } from "node:http";
import { after, before, describe, test } from "node:test";

import { launch, openPage, views } from "./browser.mjs";
import { BUDGETS, accessible, light, noSidewaysScroll, quiet, screenshot, weigh, whole, worded } from "./checks.mjs";

const page = (body, head = "") =>
  `<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>Essai</title>
  <meta name="viewport" content="width=device-width"><link rel="icon" href="data:,">${head}</head>
  <body>${body}</body></html>`;

const PAGES = {
  "/good": page("<main><h1>Le tableau</h1><p>Rien n’attend.</p></main>"),
  "/wordless": page("<main><h1>Le tableau</h1><p>⟦board-nothing-waits⟧</p></main>"),
  "/unlabelled": page("<main><h1>Le tableau</h1><input name=a></main>"),
  "/heavy": page(`<main><h1>Lourd</h1>${"<p>mot</p>".repeat(600)}<svg>${"<g></g>".repeat(900)}</svg></main>`),
  "/bytes": page(`<main><h1>Gros</h1><p>${"a".repeat(200_000)}</p></main>`),
  "/wide": page("<main><h1>Large</h1><div class='plank' style='width:900px'>planche</div></main>"),
  "/scripted": page("<main><h1>Bloqué</h1></main>", "<script>document.title = nobody;</script>"),
  "/swap": page("<main><h1>Avant</h1></main><script>document.querySelector('h1').textContent = 'Après';</script>"),
};

let origin;
let elsewhere;
let browser;

before(async () => {
  const answer = (request, response) => {
    const { pathname } = new URL(request.url, "http://x");
    if (pathname === "/moved") return response.writeHead(303, { location: "/good" }).end();
    if (pathname === "/foreign") {
      const html = page(`<main><h1>Ailleurs</h1><img alt="" src="${elsewhere}/pixel.svg"></main>`);
      return response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(html);
    }
    if (pathname === "/pixel.svg") {
      return response.writeHead(200, { "content-type": "image/svg+xml" }).end('<svg xmlns="http://www.w3.org/2000/svg"/>');
    }
    const html = PAGES[pathname];
    response.writeHead(html ? 200 : 404, { "content-type": "text/html; charset=utf-8" }).end(html ?? page("<h1>Introuvable</h1>"));
  };
  const servers = [createServer(answer), createServer(answer)];
  for (const server of servers) {
    server.listen(0, "127.0.0.1").unref();
    await once(server, "listening");
  }
  [origin, elsewhere] = servers.map((server) => `http://127.0.0.1:${server.address().port}`);
  browser = await launch();
});

after(() => browser?.close());

describe("the checks", { concurrency: false }, () => {
  test("a good page passes all of them, on both widths, with and without scripts", async (t) => {
    for (const view of views({ langs: ["fr"] })) {
      await t.test(view.name, async () => {
        const tab = await openPage(browser, view);
        const measured = await whole(tab, `${origin}/good`, { name: "harness-good", lang: view.lang, budget: "public" });
        assert.equal(measured.requests, 1);
        assert.ok(measured.bytes > 0 && measured.nodes > 5, JSON.stringify(measured));
        const picture = await screenshot(tab, "harness-good", view);
        await access(picture);
        await rm(picture);
        await tab.context().close();
      });
    }
  });

  test("axe names what is wrong and where", async () => {
    const tab = await openPage(browser);
    await tab.goto(`${origin}/unlabelled`);
    await assert.rejects(accessible(tab, { name: "essai" }), /on essai[\s\S]*label[\s\S]*input/);
    await tab.context().close();
  });

  test("a text that no catalogue has is named", async () => {
    const tab = await openPage(browser);
    await tab.goto(`${origin}/wordless`);
    await assert.rejects(worded(tab), /⟦board-nothing-waits⟧/);
    await tab.context().close();
  });

  test("too many nodes, too many bytes and other people's servers are refused", async () => {
    const tab = await openPage(browser);
    await assert.rejects(light(tab, `${origin}/heavy`), /nodes: 6\d\d, at most 560/);
    await assert.rejects(light(tab, `${origin}/bytes`), /bytes: 2\d{5}, at most 184320/);
    await assert.rejects(light(tab, `${origin}/foreign`), /from elsewhere: http:\/\/127\.0\.0\.1:\d+\/pixel\.svg/);
    await assert.rejects(light(tab, `${origin}/missing`), /answered 404/);
    await assert.rejects(light(tab, `${origin}/good`, "unheard-of"), /no budget/);
    const limits = { ...BUDGETS.public, requests: 1 };
    await assert.rejects(light(tab, `${origin}/moved`, limits), /requests: 2, at most 1/);
    await tab.context().close();
  });

  test("insides of pictures are not counted as nodes", async () => {
    const tab = await openPage(browser);
    const { nodes } = await weigh(tab, `${origin}/heavy`);
    assert.ok(nodes > 600 && nodes < 650, String(nodes));
    await tab.context().close();
  });

  test("what sticks out is named, on phones and desks", async () => {
    for (const width of [360, 1280]) {
      const tab = await openPage(browser, { width });
      await tab.goto(`${origin}/wide`);
      await assert.rejects(noSidewaysScroll(tab), /div\.plank ends at 9\d\d px/);
      assert.equal(tab.viewportSize().width, width);
      await tab.context().close();
    }
  });

  test("a page without scripts stays so, before and after axe", async () => {
    const tab = await openPage(browser, { javaScript: false });
    for (const _ of ["first", "second"]) {
      await tab.goto(`${origin}/swap`);
      await accessible(tab);
      assert.equal(await tab.locator("h1").textContent(), "Avant");
    }
    const scripted = await openPage(browser);
    await scripted.goto(`${origin}/swap`);
    assert.equal(await scripted.locator("h1").textContent(), "Après");
    await tab.context().close();
    await scripted.context().close();
  });

  test("a page's complaints are heard", async () => {
    const tab = await openPage(browser);
    await tab.goto(`${origin}/scripted`);
    assert.throws(() => quiet(tab), /nobody is not defined/);
    await tab.context().close();
  });
});
