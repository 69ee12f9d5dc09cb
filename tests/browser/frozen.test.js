// The file to pass on: what the API and the page give, opened from a folder.

import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { call, inEveryBrowser, openKept, openPage, survey, untilShown, withFolder } from "./support.js";

const frozen = (page, what) =>
  page.evaluate(async (what) => (await document.querySelector("kept-kpis").api(1).export("html", what)).text(), what);

const loaded = async (browser) => {
  const opened = await openKept(browser);
  const { code } = await call(opened.page, "load", { name: "Secret answers.csv", content: survey(600) }, { segment: "plan" });
  assert.equal(code, undefined);
  return opened;
};

/** The background, and how wide the text is, in one scheme on one width. */
const look = async (page, scheme, width) => {
  await page.setViewport({ width, height: 900 });
  await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
  return page.evaluate(() => ({
    ground: getComputedStyle(document.body).backgroundColor,
    wide: document.documentElement.scrollWidth,
    line: getComputedStyle(document.querySelector("svg path")).stroke,
  }));
};

inEveryBrowser((browser, name) => {
  test("it opens from a folder, asks for nothing and runs nothing", () =>
    withFolder(async (folder) => {
      const { page } = await loaded(browser());
      const text = await frozen(page);
      await page.close();
      const path = join(folder, "kept-report.html");
      await writeFile(path, text);
      const address = pathToFileURL(path).href;
      const { page: file, errors, requests } = await openPage(browser(), address);
      // Firefox tells of a font of its own, which is a data address.
      assert.deepEqual(requests.filter((asked) => asked !== address && !asked.startsWith("data:")), []);
      assert.deepEqual(errors, []);
      assert.equal(await file.evaluate(() => document.querySelectorAll("script, link, img, iframe").length), 0);
      assert.ok((await file.evaluate(() => document.querySelectorAll("article svg").length)) > 1);
      if (name === "Chromium") {
        const light = await look(file, "light", 1280);
        const dark = await look(file, "dark", 360);
        assert.notEqual(light.ground, dark.ground);
        assert.notEqual(light.line, dark.line);
        assert.ok(dark.wide <= 360, `${dark.wide} px wide`);
      }
      await file.close();
    }));

  test("names of groups are in it only when asked for", async () => {
    const { page } = await loaded(browser());
    const plain = await frozen(page);
    assert.doesNotMatch(plain, /\bsolo\b|Secret|C12\b|responded_at/);
    assert.match(plain, /Group 1/);
    assert.match(await frozen(page, { names: true }), /\bsolo\b/);
    assert.match(await frozen(page, { smallest: 20 }), /Counts from 1 to 19/);
    assert.match(await frozen(page, { smallest: 1 }), /Counts from 1 to 2/);
    await page.close();
  });

  test("without a report there is nothing to pass on", async () => {
    const { page } = await openKept(browser());
    const { code } = await call(page, "export", "html");
    assert.equal(code, "nothing_loaded");
    await page.close();
  });

  test("the page says what the file holds and how much is withheld, and saves it", async () => {
    const { page, errors } = await loaded(browser());
    const press = (text) =>
      page.evaluate((text) => {
        const buttons = [...document.querySelector("kept-kpis").shadowRoot.querySelectorAll("button")];
        buttons.find((button) => button.textContent.includes(text)).click();
      }, text);
    await untilShown(page, ".head .btn");
    await press("Save and share");
    await untilShown(page, "input[type=checkbox]");
    const says = await page.evaluate(() => document.querySelector("kept-kpis").shadowRoot.querySelector(".main").textContent);
    assert.match(says, /no row, no cell/);
    assert.match(says, /withheld\./);
    const saved = await page.evaluate(async () => {
      const create = URL.createObjectURL;
      const blobs = [];
      URL.createObjectURL = (blob) => {
        blobs.push(blob);
        return create.call(URL, blob);
      };
      const buttons = [...document.querySelector("kept-kpis").shadowRoot.querySelectorAll("button")];
      buttons.find((button) => button.textContent.includes("Save the file")).click();
      URL.createObjectURL = create;
      return blobs.length === 1 ? blobs[0].text() : null;
    });
    assert.equal(saved, await frozen(page));
    assert.deepEqual(errors, []);
    await page.close();
  });
});
