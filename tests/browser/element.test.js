// The element as a guest on other people's pages.

import assert from "node:assert/strict";
import { test } from "node:test";
import { call, inEveryBrowser, openPage, serveHost, survey, untilReady } from "./support.js";

const SCRIPT = '<script type="module" src="/kept/kept.js"></script>';
const pageWith = (body) => `<!doctype html><style>p, div { color: red !important }</style>${body}${SCRIPT}`;

const onHost = async (browser, pages, work) => {
  const host = await serveHost(pages);
  const opened = await openPage(browser, `${host.origin}/`);
  try {
    await work(opened);
    assert.deepEqual(opened.errors, []);
  } finally {
    await opened.page.close();
    await host.close();
  }
};

inEveryBrowser((browser) => {
  test("the hosted page runs under its own policy", async () => {
    const host = await serveHost({});
    const { page, errors } = await openPage(browser(), `${host.origin}/kept/index.html`);
    await untilReady(page);
    assert.equal((await call(page, "load", survey())).value.tables[0].rows.read, 300);
    assert.deepEqual(errors, []);
    await page.close();
    await host.close();
  });

  test("src, recipe and kpis are taken from the attributes", () =>
    onHost(
      browser(),
      {
        "/": pageWith('<kept-kpis src="/data/survey.csv" recipe="/team.json" kpis="net_promoter_score"></kept-kpis>'),
        "/data/survey.csv": survey(),
        "/team.json": JSON.stringify({ recipe: 1, options: { segment: "plan" } }),
      },
      async ({ page }) => {
        await page.waitForFunction(() => document.querySelector("kept-kpis")?.api?.(1).report());
        const { value: report } = await call(page, "report");
        assert.equal(report.tables[0].name, "survey.csv");
        assert.deepEqual(report.findings.map(({ kpi }) => kpi), ["net_promoter_score"]);
        assert.equal(report.findings[0].segments.length, 2);
        const { value: recipe } = await call(page, "recipe");
        assert.equal(recipe.recipe, 1);
        assert.equal(recipe.options.segment, "plan");
        assert.doesNotMatch(JSON.stringify(recipe), /team|solo/);
      },
    ));

  test("the API may be called before the program is there, and the script may come twice", () =>
    onHost(browser(), { "/": pageWith("<kept-kpis></kept-kpis>") }, async ({ page }) => {
      const read = await page.evaluate(async (text) => {
        await customElements.whenDefined("kept-kpis");
        const again = document.createElement("script");
        again.type = "module";
        again.src = "/kept/kept.js?again";
        document.body.append(again);
        const report = await document.querySelector("kept-kpis").api(1).load([text, text]);
        return report.tables.map(({ name }) => name);
      }, survey());
      assert.deepEqual(read, ["pasted", "pasted_2"]);
    }));

  test("two elements know nothing of each other", () =>
    onHost(browser(), { "/": pageWith("<kept-kpis></kept-kpis><kept-kpis></kept-kpis>") }, async ({ page }) => {
      const reports = await page.evaluate(async (text) => {
        await customElements.whenDefined("kept-kpis");
        const [first, second] = document.querySelectorAll("kept-kpis");
        await first.api(1).load(text);
        return [first.api(1).report() !== null, second.api(1).report()];
      }, survey());
      assert.deepEqual(reports, [true, null]);
    }));

  test("an element that moves keeps its report, one that leaves gives all back", () =>
    onHost(browser(), { "/": pageWith("<main></main><aside></aside>") }, async ({ page }) => {
      const result = await page.evaluate(async (text) => {
        await customElements.whenDefined("kept-kpis");
        const element = document.createElement("kept-kpis");
        document.querySelector("main").append(element);
        const api = element.api(1);
        await api.load(text);
        document.querySelector("aside").append(element);
        await new Promise((resolve) => setTimeout(resolve, 20));
        const moved = api.report() !== null && element.shadowRoot.querySelectorAll("article.card").length > 0;
        const pending = api.update({ segment: "plan" }).catch(({ code }) => code);
        element.remove();
        return [moved, await pending, api.report(), element.shadowRoot.childElementCount];
      }, survey());
      assert.deepEqual(result, [true, "destroyed", null, 0]);
    }));

  test("fifty elements come and go without a trace", () =>
    onHost(browser(), { "/": pageWith("<main></main>") }, async ({ page }) => {
      const ended = await page.evaluate(async (text) => {
        await customElements.whenDefined("kept-kpis");
        let ended = 0;
        const terminate = Worker.prototype.terminate;
        Worker.prototype.terminate = function () {
          ended += 1;
          terminate.call(this);
        };
        for (let round = 0; round < 50; round += 1) {
          const element = document.createElement("kept-kpis");
          document.querySelector("main").append(element);
          if (round % 10 === 0) await element.api(1).load(text);
          else await new Promise((resolve) => setTimeout(resolve, 5));
          element.remove();
        }
        await new Promise((resolve) => setTimeout(resolve, 200));
        return { ended, started: window.startedWorkers.length, left: document.querySelector("main").childElementCount };
      }, survey());
      assert.equal(ended.ended, ended.started);
      assert.equal(ended.left, 0);
      assert.ok(ended.started <= 50);
    }));
});
