// Accounts of several tables: joined, listed, scrolled through, opened; 100,000 of them too.

import assert from "node:assert/strict";
import { test } from "node:test";
import { call, inEveryBrowser, openKept, untilShown } from "./support.js";

/** Calls `work(shadow root, ...given)` on the page. */
const inside = (page, work, ...given) =>
  page.evaluate(`(${work})(document.querySelector("kept-kpis").shadowRoot, ...${JSON.stringify(given)})`);

const press = (page, text) =>
  inside(page, (root, text) => [...root.querySelectorAll("button")].find((it) => it.textContent.trim() === text).click(), text);

const CRM = `account id,account name,website,plan,mrr,started on
A1,Acme GmbH,acme.de,Team,1000,2024-01-10
A2,Globex Systems,globex.io,Pro,4000,2023-05-01
A3,Initech Inc.,initech.com,Team,500,2024-06-01
`;
const NPS = `responded at,email,How likely are you to recommend us?
2025-05-01,ann@acme.de,9
2025-05-02,bob@globex.io,3
2025-05-03,carl@gmail.com,10
`;
const TICKETS = `Ticket ID,Organization,Created at,Solved at,Status
1,Acme,2025-05-01 10:00,2025-05-01 12:00,solved
2,Globex Sytems,2025-05-03 10:00,,open
`;

inEveryBrowser((browser) => {
  test("three exports that never met become one list, and a pair joins once it is confirmed", async () => {
    const { page, errors } = await openKept(browser());
    const files = [
      { name: "crm.csv", content: CRM },
      { name: "nps.csv", content: NPS },
      { name: "tickets.csv", content: TICKETS },
    ];
    const { value: report } = await call(page, "load", files);
    assert.equal(report.joins.base, "crm.csv");
    const held = report.across.find((it) => it.id === "revenue_held_by_detractors");
    assert.equal(held.value, 4000);
    const { value: list } = await call(page, "accounts", { sort: "revenue", descending: true });
    assert.deepEqual(list.accounts.map((it) => it.customer), ["A2", "A1", "A3"]);
    const { value: one } = await call(page, "account", "A2");
    assert.equal(one.account.name, "Globex Systems");
    assert.equal((await call(page, "account", "nobody")).code, "account_unknown");
    await untilShown(page, "nav.tabs");
    await press(page, "Check");
    await untilShown(page, 'button[aria-pressed="false"]');
    await press(page, "The same");
    await page.waitForFunction(
      () => document.querySelector("kept-kpis").api(1).report()?.joins.tables.some((it) => it.by.some((by) => by.form === "confirmed")),
      { polling: "raf" },
    );
    await press(page, "Accounts");
    await untilShown(page, ".acc .one");
    await press(page, "Globex Systems");
    await page.waitForFunction(
      () => document.querySelector("kept-kpis").shadowRoot.querySelector("h1")?.textContent === "Globex Systems",
      { polling: "raf" },
    );
    await untilShown(page, "main table");
    const said = await inside(page, (root) => root.querySelector("main").textContent);
    assert.match(said, /Opened a ticket/);
    assert.match(said, /Answered a survey/);
    assert.deepEqual(errors, []);
    await page.close();
  });

  test("a score is built by weights, held against what it was, taken back; and an account's values are supposed", async () => {
    const { page, errors } = await openKept(browser());
    const lines = Array.from({ length: 40 }, (_, at) => `K${at},${at * 2},${(at * 7) % 5},${100 + at}`);
    const content = `customer id,logins,open tickets,age\n${lines.join("\n")}\n`;
    await call(page, "load", [{ name: "list.csv", content }], { as_of: "2025-05-31" });
    const score = () =>
      inside(page, () => {
        const finding = document.querySelector("kept-kpis").api(1).report().findings.find((it) => it.kpi === "customer_health_score");
        return { value: finding.value, weights: finding.measures.map((it) => it.weight), names: finding.measures.map((it) => it.name) };
      });
    const before = await score();
    assert.equal(before.names.length, 2);
    await inside(page, (root) => [...root.querySelectorAll("button")].find((it) => it.textContent.includes("Customer health score")).click());
    await untilShown(page, 'input[type="range"]');
    const slide = (place, value) =>
      inside(
        page,
        (root, place, value) => {
          const slider = root.querySelectorAll('input[type="range"]')[place];
          slider.focus();
          slider.value = value;
          slider.dispatchEvent(new Event("change", { bubbles: true }));
        },
        place,
        value,
      );
    await slide(0, 3);
    await untilShown(page, ".tried");
    await page.waitForFunction(
      () => {
        const report = document.querySelector("kept-kpis").api(1).report();
        return report.findings.find((it) => it.kpi === "customer_health_score").measures[0].weight === 0.75;
      },
      { polling: "raf" },
    );
    assert.equal(await inside(page, (root) => root.activeElement?.type), "range", "the slider keeps the focus");
    await inside(page, (root) => {
      const add = root.querySelector('select[aria-label="Add a measure"]');
      add.value = "age";
      add.dispatchEvent(new Event("change", { bubbles: true }));
    });
    await page.waitForFunction(
      () => document.querySelector("kept-kpis").api(1).report().findings.find((it) => it.kpi === "customer_health_score").measures.length === 3,
      { polling: "raf" },
    );
    await press(page, "Take it back");
    await page.waitForFunction(
      () => document.querySelector("kept-kpis").api(1).report().findings.find((it) => it.kpi === "customer_health_score").measures.length === 2,
      { polling: "raf" },
    );
    assert.deepEqual(await score(), before);
    await press(page, "Accounts");
    await untilShown(page, ".acc .one");
    await press(page, "K3");
    await untilShown(page, ".whatif");
    await inside(page, (root) => (root.querySelector(".whatif").open = true));
    await slide(0, 60);
    await page.waitForFunction(
      () => /The score would be \d/.test(document.querySelector("kept-kpis").shadowRoot.querySelector(".whatif").textContent),
      { polling: "raf" },
    );
    const { value: one } = await call(page, "account", "K3", { suppose: { logins: 60 } });
    const shown = await inside(page, (root) => root.querySelector(".whatif [role=status]").textContent);
    assert.ok(shown.includes(one.supposed.value.toFixed(1)), `${shown} ${one.supposed.value}`);
    assert.notEqual(one.supposed.value, one.account.health.value);
    assert.equal((await call(page, "account", "K3", { suppose: { nonsense: 1 } })).code, "measure_unknown");
    assert.deepEqual(errors, []);
    await page.close();
  });

  test("100,000 accounts are scrolled through, and only those near the eye stand in the document", async () => {
    const { page, errors } = await openKept(browser());
    const count = 100_000;
    const made = `["account id,account name,plan,mrr,started on", ...Array.from({ length: ${count} }, (_, at) =>
      \`A\${at},Company \${at},\${at % 3 ? "Team" : "Pro"},\${at},2024-01-10\`)].join("\\n")`;
    const report = await page.evaluate(
      `document.querySelector("kept-kpis").api(1).load({ name: "crm.csv", content: ${made} }).then((it) => it.has_accounts)`,
    );
    assert.equal(report, true);
    await press(page, "Accounts");
    await untilShown(page, ".acc .one");
    const rows = () => inside(page, (root) => root.querySelectorAll(".acc .one").length);
    assert.ok((await rows()) <= 200);
    await inside(page, (root) => {
      const region = root.querySelector(".vscroll");
      region.scrollTop = region.scrollHeight / 2;
    });
    await page.waitForFunction(
      () => {
        const root = document.querySelector("kept-kpis").shadowRoot;
        const region = root.querySelector(".vscroll")?.getBoundingClientRect();
        const seen = [...root.querySelectorAll(".acc .one")].filter((it) => {
          const place = it.getBoundingClientRect();
          return region && place.bottom > region.top && place.top < region.bottom;
        });
        return seen.length > 3 && seen.every((it) => Number(it.getAttribute("aria-rowindex")) > 40_000);
      },
      { polling: "raf" },
    );
    assert.ok((await rows()) <= 200);
    const began = Date.now();
    const { value: last } = await call(page, "accounts", { sort: "revenue", descending: true, count: 1 });
    assert.equal(last.accounts[0].customer, `A${count - 1}`);
    assert.equal(last.total, count);
    assert.ok(Date.now() - began < 10_000);
    assert.deepEqual(errors, []);
    await page.close();
  });
});
