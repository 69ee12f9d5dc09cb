// What is taken away: every format of export(), and the same from the page.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  call, inEveryBrowser, keptHtml, openKept, openPage, serveHost, shownText, survey, untilReady, untilShown,
} from "./support.js";

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
    // The page's own policy lets nothing be made from text.
    const other = await browser().newPage();
    const parsed = await other.evaluate((text) => new DOMParser().parseFromString(text, "image/svg+xml").documentElement.nodeName, svg.text);
    await other.close();
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
      await press("Save and share");
      for (const words of ["Table (CSV)", "Text (Markdown)", "Whole (JSON)"]) await press(words);
      HTMLAnchorElement.prototype.click = click;
      return names;
    });
    assert.deepEqual(saved, ["kept-figures.csv", "kept-report.md", "kept-report.json"]);
    assert.deepEqual(errors, []);
    await page.close();
  });

  test("in a frame that forbids downloads, what was saved can be read on the page", async () => {
    const host = await serveHost({ "/": '<!doctype html><iframe sandbox="allow-scripts" src="/kept/kept.html" width="1000" height="900"></iframe>' });
    const { page } = await openPage(browser(), `${host.origin}/`);
    await page.waitForFunction(() => frames.length === 1);
    const frame = page.frames().find((it) => it.url().endsWith("kept.html"));
    await untilReady(frame);
    await call(frame, "load", survey());
    const kept = (work) => frame.waitForFunction(work, { polling: 100 });
    const press = (words) =>
      kept(`(() => {
        const buttons = [...document.querySelector("kept-kpis").shadowRoot.querySelectorAll("button")];
        const button = buttons.find((it) => it.textContent.trim().startsWith(${JSON.stringify(words)}));
        button?.click();
        return Boolean(button);
      })()`);
    await press("Save and share");
    await press("Table (CSV)");
    await press("Nothing saved?");
    const shown = await (await kept(`document.querySelector("kept-kpis").shadowRoot.querySelector("textarea.whole")?.value`)).jsonValue();
    const csv = await frame.evaluate(async () => (await document.querySelector("kept-kpis").api(1).export("csv")).text());
    assert.equal(shown.replaceAll("\r\n", "\n"), csv.replaceAll("\r\n", "\n"));
    await page.close();
    host.close();
  });

  test("a saved recipe, opened again, puts the same choices in force", async () => {
    const { page, errors } = await openPage(browser(), keptHtml);
    await untilReady(page);
    await call(page, "load", survey(), { segment: "plan", targets: { net_promoter_score: 40 } });
    const saved = await call(page, "recipe");
    await call(page, "update", { segment: null, targets: { net_promoter_score: null } });
    await untilShown(page, ".head .btn");
    const press = (words) =>
      page.evaluate((words) => {
        const buttons = [...document.querySelector("kept-kpis").shadowRoot.querySelectorAll("button")];
        buttons.find((it) => it.textContent.trim().startsWith(words)).click();
      }, words);
    await press("Save and share");
    await untilShown(page, 'input[accept^=".json"]');
    const open = (name, text) =>
      page.evaluate((name, text) => {
        const input = document.querySelector("kept-kpis").shadowRoot.querySelector('input[accept^=".json"]');
        const files = new DataTransfer();
        files.items.add(new File([text], name, { type: "application/json" }));
        input.files = files.files;
        input.dispatchEvent(new Event("change", { bubbles: true }));
      }, name, text);
    await open("table.json", '[{"score":9}]');
    await untilShown(page, ".banner[role=alert]");
    assert.match(await shownText(page), /This is not a recipe/);
    await open("kept-recipe.json", JSON.stringify(saved.value));
    await page.waitForFunction(() => document.querySelector("kept-kpis").api(1).recipe().options.segment === "plan", { polling: 100 });
    assert.deepEqual((await call(page, "recipe")).value, saved.value);
    assert.match(await shownText(page), /The recipe is in force/);
    assert.deepEqual(errors, []);
    await page.close();
  });
});
