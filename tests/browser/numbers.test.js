// From a file to cards and a report: the same in every browser and natively.

import assert from "node:assert/strict";
import { readFile, rm, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { test } from "node:test";
import { call, chosenFile, exported, inEveryBrowser, keptHtml, nativeReport, openKept, realTables, shownText, survey, untilShown, withFolder } from "./support.js";
import { inEveryEngine, untilSeen } from "./windows.js";

const cards = (page) =>
  page.waitForFunction(() => document.querySelector("kept-kpis").shadowRoot.querySelectorAll("article.card").length > 0);

/** What the engine says natively of a table, asked once for both browsers. */
const told = new Map();
const reported = async (path) => {
  if (!told.has(path)) told.set(path, await nativeReport(basename(path), await readFile(path)));
  return told.get(path);
};

const net = (report) => report.findings.find((finding) => finding.kpi === "net_promoter_score");

inEveryEngine((newWindow) => {
  test("the exported bytes are those of the native engine", async () => {
    const options = { segment: "plan" };
    const window = await newWindow();
    await window.open(keptHtml);
    await untilSeen(window, [], () => document.querySelector("kept-kpis")?.api?.(1).kpis().length > 0);
    const bytes = await window.look(
      [],
      async (content, options) => {
        const api = document.querySelector("kept-kpis").api(1);
        await api.load({ name: "survey.csv", content }, options);
        return (await api.export("json")).text();
      },
      survey(),
      options,
    );
    assert.equal(bytes, await nativeReport("survey.csv", survey(), options));
    await window.close();
  });
});

inEveryBrowser((browser, name) => {
  test("a chosen file becomes cards", () =>
    withFolder(async (folder) => {
      const { page, errors } = await openKept(browser());
      const path = join(folder, "survey.csv");
      await writeFile(path, survey());
      const input = await untilShown(page, "input[type=file]");
      await input.uploadFile(path);
      await cards(page);
      const { value: report } = await call(page, "report");
      assert.equal(report.tables[0].name, "survey.csv");
      assert.equal(report.tables[0].rows.read, 300);
      assert.match(await shownText(page), /Net promoter score/i);
      assert.deepEqual(errors, []);
      await page.close();
    }));

  test("load() gives the report and shows it", async () => {
    const { page, errors } = await openKept(browser());
    const { value: report } = await call(page, "load", survey());
    assert.equal(report.tables[0].name, "pasted");
    const { value, parts, interval } = net(report);
    assert.equal(value, ((parts.promoters - parts.detractors) / 300) * 100);
    assert.ok(interval.low < value && value < interval.high);
    await cards(page);
    assert.deepEqual(errors, []);
    await page.close();
  });

  test("a packed file gives what the file itself gives", async () => {
    const { page } = await openKept(browser());
    const { value: plain } = await call(page, "load", { name: "survey.csv", content: survey() });
    const packed = await page.evaluate(async (text) => {
      const stream = new Blob([text]).stream().pipeThrough(new CompressionStream("gzip"));
      const content = await new Response(stream).blob();
      return document.querySelector("kept-kpis").api(1).load({ name: "survey.csv", content });
    }, survey());
    assert.deepEqual(packed, plain);
    await page.close();
  });

  test("another segment needs no reading again: the file may be gone", () =>
    withFolder(async (folder) => {
      const { page } = await openKept(browser());
      const path = join(folder, "survey.csv");
      await writeFile(path, survey());
      const input = await chosenFile(page, path);
      await page.evaluate((input) => document.querySelector("kept-kpis").api(1).load(input.files[0]), input);
      await rm(path);
      const { value: report } = await call(page, "update", { segment: "plan" });
      assert.deepEqual(net(report).segments.map(({ is }) => is).sort(), ["solo", "team"]);
      // Fields not given stay, null takes one back.
      const { value: same } = await call(page, "update", { targets: { net_promoter_score: 40 } });
      assert.equal(net(same).segments.length, 2);
      const { value: none } = await call(page, "update", { segment: null });
      assert.equal(net(none).segments.length, 0);
      await page.close();
    }));

  test("every real table is read as natively", async (context) => {
    const tables = await realTables();
    if (tables.length === 0) return context.skip("../shared/data is not here");
    const { page, errors } = await openKept(browser());
    for (const path of tables) {
      const input = await chosenFile(page, path);
      await page.evaluate((input) => document.querySelector("kept-kpis").api(1).load(input.files[0]), input);
      assert.equal(await exported(page), await reported(path), path);
      await input.evaluate((input) => input.remove());
    }
    assert.deepEqual(errors, [], name);
    await page.close();
  });
});
