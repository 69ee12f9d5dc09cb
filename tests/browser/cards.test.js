// Choosing and ordering cards, a closer look at a trend, a picture on the clipboard: by keyboard.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { call, inEveryBrowser, openKept, root, untilShown } from "./support.js";
import { drawn, inside, press } from "./views.js";

const sample = async (name) => ({ name, content: await readFile(join(root, "www/samples", name), "utf8") });

const withSamples = async (browser, before) => {
  const opened = await openKept(browser, before);
  await call(opened.page, "load", [await sample("subscriptions.csv"), await sample("tickets.csv")]);
  await untilShown(opened.page, ".chooser");
  return opened;
};

const cardsShown = (page) => inside(page, (root) => [...root.querySelectorAll(".card h3")].map((it) => it.textContent.trim()));
const families = (page) => inside(page, (root) => [...root.querySelectorAll("main section h2")].map((it) => it.textContent.trim()));
const focused = (page) => inside(page, (root) => root.activeElement?.getAttribute("aria-label") ?? root.activeElement?.textContent.trim() ?? "");

/** Puts the focus on the first of these that says `words`. */
const focusOn = (page, selector, words) =>
  inside(
    page,
    (root, selector, words) => {
      const says = (it) => `${it.getAttribute("aria-label") ?? ""} ${it.closest("label")?.textContent ?? it.textContent}`;
      [...root.querySelectorAll(selector)].find((it) => says(it).includes(words)).focus();
    },
    selector,
    words,
  );

/** Waits until a card of this name is there, or gone. */
const untilCard = (page, name, isThere) =>
  page.waitForFunction(
    (name, isThere) => {
      const names = [...document.querySelector("kept-kpis").shadowRoot.querySelectorAll(".card h3")].map((it) => it.textContent.trim());
      return names.length > 0 && names.includes(name) === isThere;
    },
    { polling: "raf" },
    name,
    isThere,
  );

inEveryBrowser((browser) => {
  test("cards are hidden and moved by keyboard, kept in the recipe, and all come back", async () => {
    const { page, errors } = await withSamples(browser());
    const before = await cardsShown(page);
    assert.ok(before.includes("Quick ratio"), before.join());
    await focusOn(page, ".chooser summary", "");
    await page.keyboard.press("Enter");
    await focusOn(page, ".chooser input", "Quick ratio");
    await page.keyboard.press(" ");
    await untilCard(page, "Quick ratio", false);
    assert.equal((await cardsShown(page)).length, before.length - 1);
    assert.match(await inside(page, (root) => root.querySelector(".chooser summary").textContent), /1 of \d+ hidden/);
    const { value: report } = await call(page, "report");
    assert.ok(report.findings.some(({ kpi }) => kpi === "quick_ratio"), "hidden from the page, not from the report");
    const wanted = (await families(page)).filter((name) => ["Service", "Revenue", "Keeping customers"].includes(name));
    assert.equal(wanted.at(-1), "Service");
    // Each press moves the family up by one, and the focus goes with it.
    const steps = await inside(page, (root) => root.querySelectorAll(".chooser h3").length);
    for (let place = 0; place < steps; place += 1) {
      if (place === 0) await focusOn(page, ".chooser h3 + .moves button", "Move Service up");
      await page.keyboard.press("Enter");
      await drawn(page);
      await page.waitForFunction(() => document.querySelector("kept-kpis").shadowRoot.activeElement?.getAttribute("aria-label") === "Move Service up", { polling: "raf" });
    }
    const { value: recipe } = await call(page, "recipe");
    assert.deepEqual(recipe.options.cards.hidden, ["quick_ratio"]);
    assert.equal(recipe.options.cards.order[0], "first_response_time");
    assert.equal((await families(page)).find((name) => ["Service", "Revenue", "Keeping customers"].includes(name)), "Service");
    await focusOn(page, ".chooser > button", "usual order");
    await page.keyboard.press("Enter");
    await untilCard(page, "Quick ratio", true);
    assert.deepEqual(await cardsShown(page), before);
    assert.deepEqual(errors, []);
    await page.close();
  });

  test("a stretch of a trend is looked at closer by keys and by pointer, and all comes back", async () => {
    const { page, errors } = await withSamples(browser());
    await press(page, "Customer churn rate");
    await untilShown(page, "figure canvas");
    const trend = "figure";
    const readout = async (key) => {
      await page.keyboard.press(key);
      await untilShown(page, ".readout");
      return inside(page, (root) => root.querySelector(".readout").textContent);
    };
    const figure = await inside(page, (root, selector) => {
      const figures = [...root.querySelectorAll(selector)];
      const place = figures.findIndex((it) => it.querySelector("figcaption strong").textContent.includes("by month"));
      figures[place].scrollIntoView({ block: "center" });
      figures[place].focus();
      return place;
    }, trend);
    await drawn(page);
    const first = await readout("Home");
    await page.keyboard.press("Escape");
    await page.keyboard.press("+");
    await drawn(page);
    const later = await readout("Home");
    assert.notEqual(later, first, "the first month shown is a later one");
    await page.keyboard.press("0");
    await drawn(page);
    assert.equal(await readout("Home"), first);
    // By pointer: what is marked is shown.
    const box = await inside(page, (root, figure) => {
      const { left, top, width, height } = root.querySelectorAll("figure")[figure].querySelector("canvas").getBoundingClientRect();
      return { left, top, width, height };
    }, figure);
    const middle = box.top + box.height / 2;
    await page.mouse.move(box.left + box.width * 0.45, middle);
    await page.mouse.down();
    await page.mouse.move(box.left + box.width * 0.8, middle, { steps: 4 });
    assert.ok(await inside(page, (root) => Boolean(root.querySelector(".stretch"))), "what is marked shows");
    await page.mouse.up();
    await drawn(page);
    const says = () => inside(page, (root, figure) => root.querySelectorAll("figure")[figure].querySelector(".tools").textContent, figure);
    assert.match(await says(), /Wider/);
    await inside(page, (root, figure) => [...root.querySelectorAll("figure")[figure].querySelectorAll(".tools button")].find((it) => it.textContent.startsWith("All")).click(), figure);
    await drawn(page);
    assert.doesNotMatch(await says(), /Wider/);
    assert.deepEqual(errors, []);
    await page.close();
  });

  test("a chart goes to the clipboard as a picture, and to a file where that is not allowed", async () => {
    const { page, errors } = await withSamples(browser(), (page) =>
      page.evaluateOnNewDocument(() => {
        window.copied = [];
        window.ClipboardItem = class {
          constructor(items) {
            this.items = items;
          }
        };
        const clipboard = {
          async write([{ items }]) {
            if (window.isForbidden) throw new DOMException("no", "NotAllowedError");
            for (const [type, blob] of Object.entries(items)) window.copied.push([type, (await blob).size]);
          },
        };
        Object.defineProperty(Navigator.prototype, "clipboard", { get: () => clipboard });
        HTMLAnchorElement.prototype.click = function () {
          window.copied.push([this.download, 0]);
        };
      }),
    );
    await press(page, "Customer churn rate");
    await untilShown(page, "figure .take");
    const take = () =>
      inside(page, (root) => [...root.querySelectorAll(".take button")].find((it) => it.textContent === "Copy picture").click());
    await take();
    await page.waitForFunction(() => window.copied.length === 1);
    const [[type, size]] = await page.evaluate(() => window.copied);
    assert.equal(type, "image/png");
    assert.ok(size > 2_000, `${size} bytes`);
    await page.evaluate(() => {
      window.isForbidden = true;
    });
    await take();
    await page.waitForFunction(() => window.copied.length === 2);
    assert.match((await page.evaluate(() => window.copied))[1][0], /\.png$/);
    assert.deepEqual(errors, []);
    await page.close();
  });
});
