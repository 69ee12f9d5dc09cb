// Calculators: KPIs from typed figures, without a table, through the API and on the page.

import assert from "node:assert/strict";
import { test } from "node:test";
import { call, inEveryBrowser, openKept, untilShown } from "./support.js";

/** Calls `work(shadow root, ...given)` on the page. */
const inside = (page, work, ...given) =>
  page.evaluate(`(${work})(document.querySelector("kept-kpis").shadowRoot, ...${JSON.stringify(given)})`);

inEveryBrowser((browser) => {
  test("calculate() works forwards and backwards without a table", async () => {
    const { page, errors } = await openKept(browser());
    const typed = { promoters: 50, passives: 30, detractors: 20 };
    const { value: forwards } = await call(page, "calculate", { kpi: "net_promoter_score", terms: typed });
    assert.equal(forwards.value, 30);
    assert.ok(Math.abs(forwards.interval.high - 45.3078) < 1e-4);
    const { value: backwards } = await call(page, "calculate", {
      kpi: "net_promoter_score",
      terms: { promoters: 50, passives: 30 },
      solve: { term: "detractors", target: 40 },
    });
    assert.deepEqual(backwards.solved, { term: "detractors", unit: "count", value: 12, exact: false });
    const { code } = await call(page, "calculate", { kpi: "net_promoter_score", terms: { promotors: 1 } });
    assert.equal(code, "term_unknown");
    const { value: refused } = await call(page, "calculate", { kpi: "renewal_rate", terms: { due: 0, renewed: 0 } });
    assert.equal(refused.value, null);
    assert.ok(refused.refusal.hint);
    assert.deepEqual(errors, []);
    await page.close();
  });

  test("the page fills in an example, answers as figures are typed, and looks for one", async () => {
    const { page, errors } = await openKept(browser());
    await untilShown(page, "nav.tabs");
    await inside(page, (root) => [...root.querySelectorAll("nav.tabs button")].find((it) => it.textContent.trim() === "Calculators").click());
    await untilShown(page, "select[aria-label=KPI]");
    const select = await untilShown(page, "select[aria-label=KPI]");
    await select.select("renewal_rate");
    await untilShown(page, "input[aria-label=Due]");
    for (const [name, figure] of [["Due", "100"], ["Renewed", "80"]]) {
      const field = await untilShown(page, `input[aria-label=${name}]`);
      await field.type(figure);
    }
    const big = (text) =>
      page.waitForFunction(
        (text) => document.querySelector("kept-kpis").shadowRoot.querySelector(".big")?.textContent === text,
        { polling: "raf" },
        text,
      );
    await big("80.0%");
    const look = await untilShown(page, 'select[aria-label="Look for"]');
    await look.select("renewed");
    const target = await untilShown(page, ".controls label input");
    await target.type("90");
    await big("90.0%");
    const said = await inside(page, (root) => root.querySelector("main").textContent);
    assert.match(said, /Renewed: 90\. That meets it exactly\./);
    assert.deepEqual(errors, []);
    await page.close();
  });
});
