// Figures as SQL: export("sql") and the part of a KPI's page that shows the query.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import { call, inEveryBrowser, openKept, root, survey, untilShown, withFolder } from "./support.js";

const STARTS = `customer,trial_started_at,first_value_at
A,2025-01-01,2025-01-02
B,2025-01-01,2025-01-04
C,2025-01-01,
`;

/** What export("sql", what) gives: its kind and text, or the code of its error. */
const exported = (page, what) =>
  page.evaluate(async (what) => {
    try {
      const blob = await document.querySelector("kept-kpis").api(1).export("sql", what);
      return { type: blob.type, text: await blob.text() };
    } catch ({ code }) {
      return { code };
    }
  }, what);

/** What the native program writes of the same table. */
const nativeQuery = (name, text, ...words) =>
  withFolder(async (folder) => {
    const path = join(folder, name);
    await writeFile(path, text);
    const command = ["run", "--quiet", "--locked", "--bin", "kept", "--", "sql", path, ...words];
    return (await promisify(execFile)("cargo", command, { cwd: root, maxBuffer: 64_000_000 })).stdout;
  });

/** Calls `work(shadow root, ...given)` on the page. */
const inside = (page, work, ...given) =>
  page.evaluate(`(${work})(document.querySelector("kept-kpis").shadowRoot, ...${JSON.stringify(given)})`);

/** The page of the KPI with this name, with its query opened. */
const opened = async (page, name) => {
  await untilShown(page, "article.card");
  await inside(
    page,
    (root, name) => [...root.querySelectorAll(".card h3 button")].find((it) => it.textContent === name).click(),
    name,
  );
  await untilShown(page, ".sql summary");
  await inside(page, (root) => root.querySelector(".sql summary").click());
};

const shown = (page) => inside(page, (root) => root.querySelector(".sql pre")?.textContent ?? "");

const untilQueryHas = (page, text) =>
  page.waitForFunction(
    (text) => document.querySelector("kept-kpis").shadowRoot.querySelector(".sql pre")?.textContent.includes(text),
    { polling: "raf" },
    text,
  );

inEveryBrowser((browser) => {
  test("export gives the queries that the native program writes", async () => {
    const { page, errors } = await openKept(browser());
    const what = { kpi: "net_promoter_score", dialect: "spark" };
    assert.equal((await exported(page, what)).code, "nothing_loaded");
    await call(page, "load", { name: "survey.csv", content: survey() }, { segment: "plan" });
    const { type, text } = await exported(page, what);
    assert.match(type, /^application\/sql/);
    assert.match(text, /^-- Net promoter score \(net_promoter_score\), rule standard/);
    const words = ["--segment", "plan", "--kpi", what.kpi, "--dialect", what.dialect];
    assert.equal(text, await nativeQuery("survey.csv", survey(), ...words));
    const all = (await exported(page)).text;
    assert.match(all, /^-- Queries for DuckDB/);
    assert.match(all, /^-- ===== net_promoter_score\.sql$/m);
    const named = await exported(page, { kpi: what.kpi, tables: { "survey.csv": "analytics.answers" } });
    assert.match(named.text, /FROM "analytics"."answers"/);
    assert.equal((await exported(page, { kpi: "nonsense" })).code, "kpi_unknown");
    assert.equal((await exported(page, { kpi: what.kpi, rule: "nonsense" })).code, "variant_unknown");
    assert.equal((await exported(page, { dialect: "nonsense" })).code, "query_invalid");
    assert.deepEqual(errors, []);
    await page.close();
  });

  test("a KPI's page shows its query, follows the choices, and copies it", async () => {
    const { page, errors } = await openKept(browser());
    await page.evaluate(() => {
      window.copied = [];
      const clipboard = { writeText: async (text) => void window.copied.push(text) };
      Object.defineProperty(navigator, "clipboard", { configurable: true, value: clipboard });
    });
    await call(page, "load", { name: "survey.csv", content: survey() });
    await opened(page, "Net promoter score");
    await untilQueryHas(page, "FROM \"survey\"");
    assert.equal(await shown(page), (await exported(page, { kpi: "net_promoter_score" })).text);
    await inside(page, (root) => {
      const choice = root.querySelector(".sql select");
      choice.value = "bigquery";
      choice.dispatchEvent(new Event("change", { bubbles: true }));
    });
    await untilQueryHas(page, "FROM `survey`");
    await call(page, "update", { segment: "plan" });
    await untilQueryHas(page, "-- Split by: plan");
    assert.ok(await inside(page, (root) => root.querySelector(".sql").open), "it stays open");
    await inside(page, (root) => root.querySelector(".sql .btn").click());
    await page.waitForFunction(() => window.copied.length === 1);
    assert.equal(await page.evaluate(() => window.copied[0]), await shown(page));
    assert.deepEqual(errors, []);
    await page.close();
  });

  test("where SQL cannot say a figure, its page says why", async () => {
    const { page, errors } = await openKept(browser());
    await call(page, "load", { name: "starts.csv", content: STARTS });
    await opened(page, "Time to value");
    await page.waitForFunction(
      () => document.querySelector("kept-kpis").shadowRoot.querySelector(".sql [aria-live] p")?.textContent.startsWith("There is no query for this rule: The rule counts"),
      { polling: "raf" },
    );
    assert.equal(await shown(page), "");
    assert.match((await exported(page, { kpi: "time_to_value" })).text, /no query\. .*\(sql_needs_survival\)/);
    assert.deepEqual(errors, []);
    await page.close();
  });
});
