// A KPI's page: other rules and the way to them, what counts, exchange rates; by keyboard alone.

import assert from "node:assert/strict";
import { test } from "node:test";
import { call, inEveryBrowser, openKept, untilShown } from "./support.js";

// Of four customers at the start C left and came back, and B is gone; D and E joined, E left again.
const SUBSCRIPTIONS = `customer,started_on,ended_on,mrr
A,2025-01-01,,10
B,2025-01-01,2025-03-15,10
C,2025-01-01,2025-03-04,10
C,2025-03-20,,10
D,2025-01-01,,10
E,2025-03-02,2025-03-20,10
`;

const CURRENCIES = `customer,started_on,ended_on,mrr,currency
A,2025-01-01,,10,EUR
B,2025-01-01,,20,EUR
C,2025-01-01,,100,USD
`;

const OPTIONS = { as_of: "2025-03-31" };

/** Calls `work(shadow root, ...given)` on the page. */
const inside = (page, work, ...given) =>
  page.evaluate(`(${work})(document.querySelector("kept-kpis").shadowRoot, ...${JSON.stringify(given)})`);

/** The page of the KPI with this name, over these rows. */
const kpiPage = async (browser, content, name) => {
  const opened = await openKept(browser);
  const { value, code } = await call(opened.page, "load", { name: "table.csv", content }, OPTIONS);
  assert.ok(value, code);
  await untilShown(opened.page, "article.card");
  await inside(
    opened.page,
    (root, name) => [...root.querySelectorAll(".card h3 button")].find((it) => it.textContent === name).click(),
    name,
  );
  await untilShown(opened.page, ".rules");
  return opened;
};

const big = (page) => inside(page, (root) => root.querySelector(".big")?.textContent ?? "n/a");

const untilBig = (page, figure) =>
  page.waitForFunction(
    (figure) => document.querySelector("kept-kpis").shadowRoot.querySelector(".big")?.textContent === figure,
    {},
    figure,
  );

/** What has the focus, by its name for assistive tools or its text. */
const focused = (page) =>
  inside(page, (root) => root.activeElement?.getAttribute("aria-label") ?? root.activeElement?.textContent ?? "");

/** Moves the focus to the first of `selector` whose name or text begins so. */
const focus = (page, selector, start) =>
  inside(
    page,
    (root, selector, start) => {
      const called = (it) => it.getAttribute("aria-label") ?? it.textContent;
      [...root.querySelectorAll(selector)].find((it) => called(it).startsWith(start)).focus();
    },
    selector,
    start,
  );

inEveryBrowser((browser) => {
  test("a rule is put in force by keyboard, and the focus stays on it", async () => {
    const { page, errors } = await kpiPage(browser(), SUBSCRIPTIONS, "Customer churn rate");
    assert.equal(await big(page), "25.0%");
    await focus(page, ".rules button", "Use this rule: ");
    const rule = (await focused(page)).replace("Use this rule: ", "");
    await page.keyboard.press("Enter");
    await page.waitForFunction(
      () => !["25.0%", undefined].includes(document.querySelector("kept-kpis").shadowRoot.querySelector(".big")?.textContent),
    );
    assert.equal(await focused(page), `In force: ${rule}`);
    const pressed = await inside(page, (root) => [...root.querySelectorAll(".rules [aria-pressed=true]")].length);
    assert.equal(pressed, 1);
    const said = await inside(page, (root) => root.querySelector("[aria-live]").textContent);
    assert.match(said, /^Customer churn rate: \d/);
    assert.deepEqual(errors, []);
    await page.close();
  });

  test("a bridge opens by keyboard, adds up, and leads to the rows of a step and back", async () => {
    const { page, errors } = await kpiPage(browser(), SUBSCRIPTIONS, "Customer churn rate");
    await focus(page, ".rules summary", "How 25.0% becomes 60.0%");
    await page.keyboard.press("Enter");
    await untilShown(page, ".rules details[open] .bridge");
    const lines = await inside(page, (root) =>
      [...root.querySelectorAll("details[open] .bridge tbody tr")].map((row) => [...row.cells].slice(1, 5).map((cell) => cell.textContent)),
    );
    assert.deepEqual(lines.at(0), ["", "1", "4", "25.00%"]);
    assert.deepEqual(lines.at(-1), ["", "3", "5", "60.00%"]);
    assert.equal(lines.at(-2)[3], "60.00%");
    const report = (await call(page, "report")).value;
    const finding = report.findings.find(({ kpi }) => kpi === "customer_churn_rate");
    const { bridge, variant } = finding.variants.find(({ value }) => value === 0.6);
    await focus(page, "details[open] .bridge button", "Show the ");
    await page.keyboard.press("Enter");
    await untilShown(page, "table.lines tbody tr");
    const shown = await inside(page, (root) => [...root.querySelectorAll("table.lines tbody tr")].map((row) => row.cells[1].textContent));
    const query = { table: "table.csv", finding: "customer_churn_rate", rule: variant, step: bridge.findIndex(({ rows }) => rows > 0) };
    const { value: rows } = await call(page, "rows", query);
    assert.deepEqual(shown, rows.rows.map(({ raw }) => raw));
    assert.ok(shown.length > 0 && shown.length < 6, "the rows of the step, not all");
    await focus(page, ".controls button", "Back to");
    await page.keyboard.press("Enter");
    await untilShown(page, ".rules");
    assert.deepEqual(errors, []);
    await page.close();
  });

  test("a setting holds at once, is marked, and goes back", async () => {
    const content = SUBSCRIPTIONS.replace("mrr", "mrr,status").replace(/,10$/gm, ",10,active").replace("A,2025-01-01,,10,active", "A,2025-01-01,,10,paused");
    const { page, errors } = await kpiPage(browser(), content, "Monthly recurring revenue");
    const before = await big(page);
    const select = await page.$("kept-kpis >>> .settings select[aria-label=Paused]");
    await select.select("left_out");
    await page.waitForFunction(
      (before) => document.querySelector("kept-kpis").shadowRoot.querySelector(".big").textContent !== before,
      {},
      before,
    );
    assert.deepEqual((await call(page, "recipe")).value.options.settings, { "recurring_revenue.paused": "left_out" });
    await focus(page, ".settings button", "Back to default: Paused");
    await page.keyboard.press("Enter");
    await untilBig(page, before);
    assert.equal(await focused(page), "Paused");
    assert.equal((await call(page, "recipe")).value.options.settings, undefined);
    assert.deepEqual(errors, []);
    await page.close();
  });

  test("money in two currencies is refused until a rate is given", async () => {
    const { page, errors } = await kpiPage(browser(), CURRENCIES, "Monthly recurring revenue");
    assert.equal(await big(page), "n/a");
    const rate = await page.$("kept-kpis >>> .controls label input[type=number]");
    await rate.type("0.5");
    await page.keyboard.press("Tab");
    await untilBig(page, "€80");
    const { options } = (await call(page, "recipe")).value;
    assert.deepEqual([options.currency, options.exchange_rates], ["EUR", { USD: 0.5 }]);
    const { value } = await call(page, "update", { exchange_rates: { USD: null } });
    const [first] = value.findings;
    assert.deepEqual([first.refusal.code, first.currencies], ["currencies_mixed", ["EUR", "USD"]]);
    assert.deepEqual(errors, []);
    await page.close();
  });
});
