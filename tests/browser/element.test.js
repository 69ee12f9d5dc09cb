// The element as a guest on other people's pages.

import assert from "node:assert/strict";
import { test } from "node:test";
import { call, inEveryBrowser, openPage, serveHost, survey, untilReady, untilShown } from "./support.js";

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

/** A page that counts listeners outside of elements and the memories of programs. */
const withGrowthWatched = async (browser, work) => {
  const host = await serveHost({ "/": pageWith("<main></main>") });
  const { page, errors } = await openPage(browser, `${host.origin}/`, (page) =>
    page.evaluateOnNewDocument(() => {
      // What listens to the page itself, by kind; each counts once, as in the browser.
      const held = new Map([window, document].map((target) => [target, new Map()]));
      const key = (name, options) => `${name} ${typeof options === "object" ? Boolean(options?.capture) : Boolean(options)}`;
      for (const target of [window, document]) {
        const { addEventListener: add, removeEventListener: remove } = target;
        const of = (name, options) => {
          const kinds = held.get(target);
          if (!kinds.has(key(name, options))) kinds.set(key(name, options), new Set());
          return kinds.get(key(name, options));
        };
        target.addEventListener = function (name, listener, options) {
          if (!options?.once) of(name, options).add(listener);
          add.call(target, name, listener, options);
        };
        target.removeEventListener = function (name, listener, options) {
          of(name, options).delete(listener);
          remove.call(target, name, listener, options);
        };
      }
      window.listening = () => [...held.values()].flatMap((kinds) => [...kinds.values()].map((set) => set.size)).reduce((sum, size) => sum + size, 0);
      window.memories = [];
      const instantiate = WebAssembly.instantiate;
      WebAssembly.instantiate = async (...given) => {
        const made = await instantiate(...given);
        window.memories.push((made.instance ?? made).exports.memory);
        return made;
      };
    }),
  );
  const round = (count) =>
    page.evaluate(
      async (count, text) => {
        await customElements.whenDefined("kept-kpis");
        for (let at = 0; at < count; at += 1) {
          const element = document.createElement("kept-kpis");
          document.querySelector("main").append(element);
          if (at % 20 === 0) await element.api(1).load(text);
          else await new Promise((resolve) => setTimeout(resolve, 10));
          element.remove();
          await new Promise((resolve) => setTimeout(resolve));
        }
        await new Promise((resolve) => setTimeout(resolve, 300));
      },
      count,
      survey(),
    );
  try {
    await work({ page, round });
    assert.deepEqual(errors, []);
  } finally {
    await page.close();
    host.close();
  }
};

inEveryBrowser((browser, name) => {
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

  test("ten elements and two copies of the script leave nothing in the page but the element", () =>
    onHost(
      browser(),
      { "/": `<!doctype html><script>window.before = new Set(Object.getOwnPropertyNames(window));</script>${"<kept-kpis></kept-kpis>".repeat(10)}${SCRIPT}<script type="module" src="/kept/kept.js?copy"></script>` },
      async ({ page }) => {
        const result = await page.evaluate(async (text) => {
          await customElements.whenDefined("kept-kpis");
          const elements = [...document.querySelectorAll("kept-kpis")];
          const reports = await Promise.all(elements.map((element) => element.api(1).load(text)));
          // Names that the test's own driver adds are those of neither.
          const added = Object.getOwnPropertyNames(window).filter((name) => !window.before.has(name) && name !== "before");
          return { read: reports.map(({ tables }) => tables[0].rows.read), added, head: document.head.querySelectorAll("style, link").length };
        }, survey());
        assert.deepEqual(result.read, Array(10).fill(300));
        assert.deepEqual(result.added.filter((name) => !/puppeteer|webdriver|cdc_|^\$|__/i.test(name)), []);
        assert.equal(result.head, 0);
      },
    ));

  test("attributes may change while the element is there", () =>
    onHost(
      browser(),
      { "/": pageWith("<kept-kpis></kept-kpis>"), "/one.csv": survey(40), "/two.csv": survey(60) },
      async ({ page }) => {
        await untilReady(page);
        const set = (name, value) => page.evaluate((name, value) => document.querySelector("kept-kpis").setAttribute(name, value), name, value);
        const reads = (rows) =>
          page.waitForFunction((rows) => document.querySelector("kept-kpis").api(1).report()?.tables[0].rows.read === rows, { polling: "raf" }, rows);
        await set("src", "/one.csv");
        await reads(40);
        await set("src", "/two.csv");
        await reads(60);
        await set("view", "cards");
        await untilShown(page, ".frame article.card");
        assert.equal((await call(page, "report")).value.tables[0].rows.read, 60);
        await set("view", "app");
        await untilShown(page, "nav.tabs");
        const ground = () =>
          page.evaluate(() => getComputedStyle(document.querySelector("kept-kpis").shadowRoot.querySelector(".kept .kept, .kept")).backgroundColor);
        await set("theme", "light");
        await untilShown(page, "nav.tabs");
        const light = await ground();
        await set("theme", "dark");
        await page.waitForFunction(
          (light) => getComputedStyle(document.querySelector("kept-kpis").shadowRoot.querySelector(".kept .kept, .kept")).backgroundColor !== light,
          { polling: "raf" },
          light,
        );
      },
    ));

  test("two hundred rounds leave no listener, no child of the page and no WebAssembly memory behind", { timeout: 240_000 }, () =>
    withGrowthWatched(browser(), async ({ page, round }) => {
      const left = () =>
        page.evaluate(() => ({ listeners: window.listening(), memory: window.memories.reduce((sum, { buffer }) => sum + buffer.byteLength, 0) }));
      // Objects of the script and nodes, with or without a place in the page; only Chromium tells.
      const held = async () => {
        if (name !== "Chromium") return null;
        const session = await page.createCDPSession();
        await session.send("HeapProfiler.collectGarbage");
        const { JSHeapUsedSize, Nodes } = await page.metrics();
        await session.detach();
        return { bytes: JSHeapUsedSize, nodes: Nodes };
      };
      await round(40);
      const [before, heldBefore] = [await left(), await held()];
      await round(200);
      const [after, heldAfter] = [await left(), await held()];
      assert.deepEqual(after, before);
      if (heldBefore) {
        const bytes = (heldAfter.bytes - heldBefore.bytes) / 200;
        assert.ok(bytes < 5_000, `${bytes} bytes of the script stay behind a round`);
        const nodes = (heldAfter.nodes - heldBefore.nodes) / 200;
        assert.ok(nodes < 1, `${nodes} nodes stay behind a round`);
      }
      assert.equal(await page.evaluate(() => document.querySelector("main").childElementCount), 0);
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
