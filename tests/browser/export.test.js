// What is taken away: every format of export(), and the same from the page.

import assert from "node:assert/strict";
import { test } from "node:test";
import { inEveryBrowser, openKept, untilShown } from "./support.js";

const ANSWERS = `responded at,plan,How likely are you to recommend us?
${Array.from({ length: 120 }, (_, at) => `2025-${String(1 + (at % 6)).padStart(2, "0")}-10,${at % 3 ? "=Team" : "Pro"},${(at * 7) % 11}`).join("\n")}
`;

/** What export() gives: its kind, its first bytes, its text. */
const exported = (page, format, what) =>
  page.evaluate(
    async (format, what) => {
      try {
        const blob = await document.querySelector("kept-kpis").api(1).export(format, what);
        const bytes = new Uint8Array(await blob.arrayBuffer());
        return { type: blob.type, first: [...bytes.slice(0, 4)], text: await blob.text(), size: blob.size };
      } catch ({ code }) {
        return { code };
      }
    },
    format,
    what,
  );

inEveryBrowser((browser) => {
  test("figures, text and pictures are exported, and a cell never becomes a formula", async () => {
    const { page, errors } = await openKept(browser());
    assert.equal((await exported(page, "csv")).code, "nothing_loaded");
    await page.evaluate(
      (content) => document.querySelector("kept-kpis").api(1).load({ name: "nps.csv", content }, { segment: "plan" }),
      ANSWERS,
    );
    const csv = await exported(page, "csv");
    assert.match(csv.type, /^text\/csv/);
    const lines = csv.text.trim().split("\r\n");
    assert.ok(lines.length > 8, csv.text);
    assert.ok(lines.some((line) => line.includes(",'=Team,")), csv.text);
    const value = await page.evaluate(() => document.querySelector("kept-kpis").api(1).report().findings.find((it) => it.kpi === "net_promoter_score").value);
    const own = lines.find((line) => line.startsWith("net_promoter_score,") && line.includes(",period,"));
    assert.ok(own.includes(`,${value},`), `${own} ${value}`);
    const markdown = await exported(page, "markdown");
    assert.match(markdown.type, /^text\/markdown/);
    assert.match(markdown.text, /^# /);
    assert.match(markdown.text, /Net promoter score/i);
    const svg = await exported(page, "svg", { kpi: "net_promoter_score", chart: "trend" });
    assert.match(svg.type, /^image\/svg/);
    assert.match(svg.text, /^<svg [^>]*>\n<title>/);
    const parsed = await page.evaluate((text) => new DOMParser().parseFromString(text, "image/svg+xml").documentElement.nodeName, svg.text);
    assert.equal(parsed, "svg");
    const png = await exported(page, "png", { kpi: "net_promoter_score" });
    assert.equal(png.type, "image/png");
    assert.deepEqual(png.first, [0x89, 0x50, 0x4e, 0x47]);
    assert.ok(png.size > 2_000, `${png.size} bytes`);
    assert.equal((await exported(page, "svg", { kpi: "nonsense" })).code, "kpi_unknown");
    assert.equal((await exported(page, "svg", { kpi: "net_promoter_score", chart: "nonsense" })).code, "nothing_to_draw");
    assert.equal((await exported(page, "docx")).code, "export_unsupported");
    await untilShown(page, "nav.tabs");
    const saved = await page.evaluate(async () => {
      const root = document.querySelector("kept-kpis").shadowRoot;
      const names = [];
      const click = HTMLAnchorElement.prototype.click;
      HTMLAnchorElement.prototype.click = function () {
        names.push(this.download);
      };
      const press = async (words) => {
        [...root.querySelectorAll("button")].find((it) => it.textContent.trim().startsWith(words)).click();
        await new Promise((resolve) => setTimeout(resolve, 300));
      };
      await press("Share without rows");
      for (const words of ["Table (CSV)", "Text (Markdown)", "Whole (JSON)"]) await press(words);
      HTMLAnchorElement.prototype.click = click;
      return names;
    });
    assert.deepEqual(saved, ["kept-figures.csv", "kept-report.md", "kept-report.json"]);
    assert.deepEqual(errors, []);
    await page.close();
  });
});
