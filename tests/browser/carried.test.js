// A dashboard saved with its tables: what the API and the page give, opened again from a folder.

import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import {
  call, dist, exported, inEveryBrowser, keptHtml, openPage, serveHost, shownText, survey, untilReady, untilShown, withFolder,
} from "./support.js";

const TABLES = [
  { name: 'answers </script><b> "ü".csv', content: survey(600) },
  { name: "second.csv", content: survey(200).replaceAll("C1", "D1") },
];
const CHOICES = { segment: "plan", targets: { net_promoter_score: 40 }, as_of: "2025-06-20" };

/** The copy that the API gives, as text; or the code of its refusal. */
const copyOf = (page) =>
  page.evaluate(() =>
    document.querySelector("kept-kpis").api(1).export("html", { rows: true }).then((blob) => blob.text(), ({ code }) => code),
  );

const policyOf = (page) => page.evaluate(() => document.querySelector("meta[http-equiv]").content);
const hasReport = (page) => page.waitForFunction(() => document.querySelector("kept-kpis").api(1).report() !== null);

/** Opens the text as a file of a folder, once its tables are read. */
const opened = async (browser, folder, text) => {
  const path = join(folder, "carrying.html");
  await writeFile(path, text);
  const address = pathToFileURL(path).href;
  const found = await openPage(browser, address);
  await untilReady(found.page);
  await hasReport(found.page);
  return { ...found, address };
};

const loadedAt = async (browser, address, before) => {
  const found = await openPage(browser, address, before);
  await untilReady(found.page);
  assert.equal((await call(found.page, "load", TABLES, CHOICES)).code, undefined);
  return found;
};

const press = (page, text) =>
  page.evaluate((text) => {
    const buttons = [...document.querySelector("kept-kpis").shadowRoot.querySelectorAll("button")];
    buttons.find((button) => button.textContent.includes(text)).click();
  }, text);

inEveryBrowser((browser) => {
  for (const form of ["kept.html", "index.html"]) {
    test(`${form} saves itself with tables and choices, and the copy shows the same report`, () =>
      withFolder(async (folder) => {
        const host = await serveHost({});
        const { page, requests } = await loadedAt(browser(), form === "kept.html" ? keptHtml : `${host.origin}/kept/${form}`);
        const asked = requests.length;
        const [report, recipe] = [await exported(page), (await call(page, "recipe")).value];
        const text = await copyOf(page);
        assert.deepEqual(requests.slice(asked).filter((address) => !/^(blob|data):/.test(address)), []);
        await page.close();
        host.close();

        const copy = await opened(browser(), folder, text);
        assert.equal(await exported(copy.page), report);
        assert.deepEqual((await call(copy.page, "recipe")).value, recipe);
        assert.match(await shownText(copy.page), /This file carries its tables/);
        assert.deepEqual(copy.errors, []);
        assert.deepEqual(copy.requests.filter((it) => it !== copy.address && !/^(blob|data):/.test(it)), []);
        const plain = await openPage(browser(), keptHtml);
        assert.equal(await policyOf(copy.page), await policyOf(plain.page));
        await plain.page.close();
        // The hosted page writes the frame as it was built, a file writes it as the browser read it.
        const again = await opened(browser(), folder, await copyOf(copy.page));
        assert.equal(await exported(again.page), report);
        if (form === "kept.html") assert.equal(await copyOf(again.page), text, "a copy of the copy is the same file");
        await again.page.close();
        await copy.page.close();
      }));
  }

  test("without a report there is nothing to save", async () => {
    const { page } = await openPage(browser(), keptHtml);
    await untilReady(page);
    assert.equal(await copyOf(page), "nothing_loaded");
    await page.close();
  });

  test("a script that another tool changed says that it cannot", async () => {
    const script = (await readFile(join(dist, "kept.js"), "utf8")).replace("const FAILURES = {", "const FAILURES  =  {");
    const host = await serveHost({
      "/": '<!doctype html><kept-kpis></kept-kpis><script type="module" src="/kept/changed.js"></script>',
      "/kept/changed.js": { text: script, headers: { "content-type": "text/javascript" } },
    });
    const { page } = await loadedAt(browser(), `${host.origin}/`);
    assert.equal(await copyOf(page), "not_whole");
    await page.close();
    host.close();
  });

  test("a damaged copy says so", () =>
    withFolder(async (folder) => {
      const { page } = await loadedAt(browser(), keptHtml);
      const text = await copyOf(page);
      await page.close();
      const path = join(folder, "damaged.html");
      await writeFile(path, text.replace(/(id="kept-table-0">.{40})[^<]*/, "$1"));
      const damaged = await openPage(browser(), pathToFileURL(path).href);
      await untilShown(damaged.page, "[role=alert]");
      assert.match(await shownText(damaged.page), /The tables in this file cannot be read/);
      await damaged.page.close();
    }));

  test("the page names the tables before it saves them", async () => {
    const { page, errors } = await loadedAt(browser(), keptHtml, (page) =>
      page.evaluateOnNewDocument(() => {
        window.saved = [];
        const create = URL.createObjectURL;
        URL.createObjectURL = (blob) => {
          if (blob.type.startsWith("text/html")) window.saved.push(blob);
          return create.call(URL, blob);
        };
      }));
    await untilShown(page, ".head .btn");
    await press(page, "Save and share");
    await untilShown(page, "input[type=checkbox]");
    await press(page, "Save with every row");
    await untilShown(page, "[role=group] li");
    const said = await shownText(page);
    for (const { name } of TABLES) assert.ok(said.includes(name), `${name} is named`);
    assert.equal(await page.evaluate(() => window.saved.length), 0, "nothing is saved before it is confirmed");
    await press(page, "Save all rows in a file");
    await page.waitForFunction(() => window.saved.length === 1, { polling: "raf" });
    assert.equal(await page.evaluate(() => window.saved[0].text()), await copyOf(page));
    assert.deepEqual(errors, []);
    await page.close();
  });
});
