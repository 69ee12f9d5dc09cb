// Nothing leaves the browser, in every form in which kept.html is opened.

import assert from "node:assert/strict";
import { test } from "node:test";
import { call, inEveryBrowser, openKept, openPage, serveHost, survey } from "./support.js";

const outside = (addresses) => addresses.filter((address) => !/^(blob|data):/.test(address));

inEveryBrowser((browser) => {
  test("no request is made after the page is there", async () => {
    const { page, requests } = await openKept(browser());
    const before = requests.length;
    await call(page, "load", survey());
    await call(page, "update", { segment: "plan" });
    await call(page, "export", "json");
    assert.deepEqual(outside(requests.slice(before)), []);
    await page.close();
  });

  test("the page's own policy forbids connections", async () => {
    const { page } = await openKept(browser());
    const violations = await page.evaluate(async () => {
      const seen = [];
      document.addEventListener("securitypolicyviolation", (event) => seen.push(event.effectiveDirective));
      const tried = await fetch("https://example.org/").then(() => "sent", () => "blocked");
      await new Promise((resolve) => setTimeout(resolve, 50));
      return [tried, ...seen];
    });
    assert.deepEqual(violations, ["blocked", "connect-src"]);
    await page.close();
  });

  test("events hold no cell of the table", async () => {
    const { page } = await openKept(browser());
    await page.evaluate(() => {
      window.told = [];
      for (const name of ["ready", "progress", "report", "error"]) {
        document.addEventListener(`kept-${name}`, (event) => window.told.push(JSON.stringify(event.detail)));
      }
    });
    await call(page, "load", { name: "Secret customers.csv", content: survey() }, { segment: "plan" });
    const told = await page.evaluate(() => window.told);
    assert.ok(told.some((detail) => detail.includes("net_promoter_score")));
    for (const detail of told) assert.doesNotMatch(detail, /team|solo|Secret|recommend|C12/);
    await page.close();
  });

  test("it works in a sandboxed frame of no origin", async () => {
    const frame = '<!doctype html><iframe sandbox="allow-scripts" src="/kept/kept.html" width="800" height="600"></iframe>';
    const host = await serveHost({ "/": frame });
    const { page, errors } = await openPage(browser(), `${host.origin}/`);
    const inside = await page.waitForFrame((frame) => frame.url().endsWith("kept.html"));
    await inside.waitForFunction(() => document.querySelector("kept-kpis").api(1).kpis().length > 0);
    const read = await inside.evaluate(async (text) => {
      const report = await document.querySelector("kept-kpis").api(1).load(text);
      return report.tables[0].rows.read;
    }, survey());
    assert.equal(read, 300);
    assert.equal(await inside.evaluate(() => window.origin), "null");
    assert.deepEqual(errors, []);
    await page.close();
    await host.close();
  });
});
