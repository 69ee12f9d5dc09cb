// The page by keyboard alone: Tab reaches all that can be operated, the focus is seen, and one can
// get from a sample to figures, rows, calculators and what is saved without a pointer.

import assert from "node:assert/strict";
import { test } from "node:test";
import { call, inEveryBrowser, openKept, untilShown } from "./support.js";
import { VIEWS, drawn, inside } from "./views.js";

/** More stops than any view has. */
const MOST_STOPS = 1_500;

/** Notes where the focus goes: what was reached, and what it was not seen on. */
const watchFocus = (page) =>
  inside(page, (root) => {
    window.reached = new Set();
    window.unseen = new Set();
    root.addEventListener("focusin", ({ target }) => {
      window.reached.add(target);
      const { outlineStyle, outlineWidth } = getComputedStyle(target);
      // What is itself hidden shows the focus of its field on the label around it.
      const around = target.closest("label, .drop");
      const shown = (outlineStyle !== "none" && parseFloat(outlineWidth) > 0) || (around && getComputedStyle(around).outlineStyle !== "none");
      if (!shown && !target.matches("main")) window.unseen.add(`${target.localName}.${target.className} ${target.textContent.slice(0, 40)}`);
    });
  });

/** What can be operated and was not reached, in words. Of radio buttons the chosen one stands for all. */
const notReached = (page) =>
  inside(page, (root) => {
    if (root.activeElement) window.reached.add(root.activeElement);
    const operable = 'a[href], button, input, select, textarea, summary, [tabindex="0"]';
    return [...root.querySelectorAll(operable)]
      .filter((it) => !it.disabled && it.tabIndex >= 0 && it.checkVisibility({ visibilityProperty: true }))
      .filter((it) => !(it.type === "radio" && !it.checked && root.querySelector(`input[name="${it.name}"]:checked`)))
      .filter((it) => !window.reached.has(it))
      .map((it) => `${it.localName}.${it.className} ${(it.getAttribute("aria-label") ?? it.textContent).trim().slice(0, 40)}`);
  });

/** Where the focus is, in the words a listener hears. */
const focused = (page) =>
  inside(page, (root) => {
    const it = root.activeElement;
    if (!it) return null;
    const words = it.getAttribute("aria-label") ?? it.closest("label")?.textContent ?? it.textContent;
    return { kind: it.localName, words: (words ?? "").trim() };
  });

/** Goes back to the first stop of a page with tabs: beyond it Firefox goes to its own buttons. */
const toTop = async (page) => {
  const hasTabs = await inside(page, (root) => root.querySelector("nav.tabs button:enabled")?.checkVisibility() ?? false);
  if (!hasTabs) return;
  await page.keyboard.down("Shift");
  for (let stop = 0; stop < MOST_STOPS; stop += 1) {
    if (await inside(page, (root) => root.activeElement === root.querySelector("nav.tabs button:enabled"))) break;
    await page.keyboard.press("Tab");
  }
  await page.keyboard.up("Shift");
};

/** Presses Tab until the focus is on this kind of element with words that begin so. */
const tabTo = async (page, kind, words) => {
  await toTop(page);
  for (let stop = 0; stop < MOST_STOPS; stop += 1) {
    await page.keyboard.press("Tab");
    const at = await focused(page);
    if (at?.kind === kind && at.words.startsWith(words)) return;
  }
  throw new Error(`Tab never comes to ${kind} “${words}”`);
};

const enter = async (page, kind, words) => {
  await tabTo(page, kind, words);
  await page.keyboard.press("Enter");
  await drawn(page);
};

const heading = (page) => inside(page, (root) => root.querySelector("h1").textContent);

const untilHeading = (page, words) =>
  page.waitForFunction(
    (words) => document.querySelector("kept-kpis").shadowRoot.querySelector("main h1")?.textContent.includes(words),
    { polling: "raf" },
    words,
  );

inEveryBrowser((browser, name) => {
  for (const [view, lead] of VIEWS) {
    test(`${view}: Tab reaches everything and the focus is seen`, { timeout: 240_000 }, async () => {
      const { page, errors } = await openKept(browser(), (page) => page.setViewport({ width: 1280, height: 900 }));
      await lead(page);
      await drawn(page);
      await watchFocus(page);
      let left = await notReached(page);
      assert.ok(left.length > 3, "there is something to reach");
      await toTop(page);
      for (let stop = 0; left.length > 0 && stop < MOST_STOPS; stop += 20) {
        for (let press = 0; press < 20; press += 1) await page.keyboard.press("Tab");
        left = await notReached(page);
      }
      assert.deepEqual(left, [], `${view}, ${name}: not reached`);
      assert.deepEqual(await page.evaluate(() => [...window.unseen]), [], `${view}, ${name}: focus not seen`);
      assert.deepEqual(errors, []);
      await page.close();
    });
  }

  test("from a sample to a figure, rows, a calculator and back to an empty page, by keys", { timeout: 240_000 }, async () => {
    const { page, errors } = await openKept(browser(), (page) => page.setViewport({ width: 1280, height: 900 }));
    await enter(page, "button", "Open sample");
    await untilShown(page, "nav.tabs");
    await enter(page, "button", "Check");
    await enter(page, "button", "KPIs");
    await untilShown(page, "article.card");
    await enter(page, "button", "Customer churn rate");
    await untilHeading(page, "Customer churn rate");
    await tabTo(page, "figure", "");
    await page.keyboard.press("End");
    await untilShown(page, ".readout");
    await page.keyboard.press("Escape");
    // A choice is changed and the figures follow.
    await enter(page, "button", "KPIs");
    const before = (await call(page, "report")).value.findings.find(({ kpi }) => kpi === "customer_churn_rate").period;
    await tabTo(page, "select", "Period");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Tab");
    await page.waitForFunction(
      (before) => {
        const { findings } = document.querySelector("kept-kpis").api(1).report();
        return JSON.stringify(findings.find(({ kpi }) => kpi === "customer_churn_rate").period) !== before;
      },
      { polling: "raf" },
      JSON.stringify(before),
    );
    await enter(page, "button", "Rows");
    await untilShown(page, "main table");
    await enter(page, "button", "Calculators");
    const calculators = await heading(page);
    await tabTo(page, "input", "");
    await page.keyboard.type("12");
    assert.equal(await heading(page), calculators, "typing leads nowhere else");
    await enter(page, "button", "KPIs");
    await enter(page, "button", "Save and share");
    await untilHeading(page, "Save and share");
    await enter(page, "button", "Clear data");
    await untilShown(page, "textarea");
    assert.deepEqual(errors, []);
    await page.close();
  });
});
