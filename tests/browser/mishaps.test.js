// What goes wrong has a sentence, and what was there before stays.

import assert from "node:assert/strict";
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import {
  call, chosenFile, inEveryBrowser, keptHtml, openKept, openPage, serveHost, shownText, survey, untilReady, untilShown, withFolder,
} from "./support.js";
import { drawn, inside } from "./views.js";

/** Loads a survey, then does something that fails; gives what failed. The report must stay. */
const failingAfterASurvey = async (page, ...given) => {
  await call(page, "load", { name: "survey.csv", content: survey() });
  const before = await call(page, "report");
  const failed = await call(page, ...given);
  assert.deepEqual(await call(page, "report"), before, "the report before stays");
  return failed;
};

const isSaid = (failed, code) => {
  assert.equal(failed.code, code);
  for (const sentence of [failed.message, failed.hint]) assert.match(sentence, /^\p{Lu}.{10,}/su);
};

const BAD_INPUTS = {
  "an empty paste": "",
  "blanks alone": " \n \n",
  "a picture renamed .csv": { name: "chart.csv", content: "\u0089PNG\r\n\u001a\n\0\0\0\rIHDR\0\0\u0001" },
};

/** A file of some megabytes, so that there is time to do something while it is read. */
const loadLong = (page) =>
  page.evaluate((head) => {
    const [names, ...rows] = head.trim().split("\n");
    const body = `${rows.join("\n")}\n`;
    const file = new File([`${names}\n`, ...Array(4000).fill(body)], "long.csv");
    const api = document.querySelector("kept-kpis").api(1);
    window.long = api.load(file).then(() => "finished", ({ code }) => code);
    return new Promise((resolve) => document.addEventListener("kept-progress", () => resolve(), { once: true }));
  }, survey());

inEveryBrowser((browser) => {
  for (const [what, input] of Object.entries(BAD_INPUTS)) {
    test(`${what} gives a sentence`, async () => {
      const { page, errors } = await openKept(browser());
      const failed = await failingAfterASurvey(page, "load", input);
      assert.match(failed.code, /^[a-z_]+$/);
      isSaid(failed, failed.code);
      assert.ok((await shownText(page)).includes(failed.message), "and the page shows it");
      assert.deepEqual(errors, []);
      await page.close();
    });
  }

  test("a worker of another version is not talked to, and the page says so", async () => {
    const { page } = await openPage(browser(), keptHtml, (page) =>
      page.evaluateOnNewDocument(() => {
        const add = MessagePort.prototype.addEventListener;
        MessagePort.prototype.addEventListener = function (name, listener, options) {
          const older = (event) => {
            const ready = event.data?.event?.ready;
            if (ready) ready.version -= 1;
            listener.call(this, event);
          };
          add.call(this, name, name === "message" ? older : listener, options);
        };
      }));
    await untilShown(page, ".banner[role=alert]");
    assert.match(await shownText(page), /The page and the worker are of different versions\. ?Reload/);
    assert.deepEqual((await call(page, "kpis")).value, []);
    await page.close();
  });

  test("a table that is read but odd gives a report without NaN", async () => {
    const { page, errors } = await openKept(browser());
    for (const text of ["score\n", "only one column\n1\n2\n", "a,b\n1\n1,2,3\n\n4,5\n", "score,when\nten,2025-01-01\n9,soon\n"]) {
      const { value, code } = await call(page, "load", text);
      assert.ok(value || code, "an answer in any case");
      assert.doesNotMatch(await shownText(page), /NaN|undefined|null/);
    }
    assert.deepEqual(errors, []);
    await page.close();
  });

  test("wrong options name the field", async () => {
    const { page } = await openKept(browser());
    const failed = await failingAfterASurvey(page, "update", { segmnet: "plan" });
    isSaid(failed, "options_invalid");
    assert.match(failed.message, /`segmnet`/);
    const typed = await call(page, "update", { targets: { net_promoter_score: "high" } });
    assert.match(typed.message, /`targets`/);
    isSaid(await call(page, "update", 3), "options_invalid");
    isSaid(await call(page, "load", 3), "input_invalid");
    isSaid(await call(page, "load", []), "no_input");
    isSaid(await call(page, "export", "parquet"), "export_unsupported");
    await page.close();
  });

  test("before anything is loaded, that is said", async () => {
    const { page } = await openKept(browser());
    isSaid(await call(page, "update", {}), "nothing_loaded");
    isSaid(await call(page, "export", "json"), "nothing_loaded");
    assert.deepEqual(await call(page, "report"), { value: null });
    await page.close();
  });

  test("cancel leaves the earlier result, and the next choice works", async () => {
    const { page, errors } = await openKept(browser());
    await call(page, "load", { name: "survey.csv", content: survey() });
    const before = await call(page, "report");
    await loadLong(page);
    await call(page, "cancel");
    assert.equal(await page.evaluate(() => window.long), "cancelled");
    assert.deepEqual(await call(page, "report"), before);
    const { value: report } = await call(page, "update", { segment: "plan" });
    assert.equal(report.tables[0].name, "survey.csv");
    assert.deepEqual(errors, []);
    await page.close();
  });

  test("a newer load takes the place of an older one", async () => {
    const { page } = await openKept(browser());
    await loadLong(page);
    const { value: report } = await call(page, "load", { name: "survey.csv", content: survey() });
    assert.equal(report.tables[0].name, "survey.csv");
    assert.equal(await page.evaluate(() => window.long), "superseded");
    await page.close();
  });

  test("a second choice, or file, within a run does not undo the first", async () => {
    const { page, errors } = await openKept(browser());
    await call(page, "load", { name: "survey.csv", content: survey() });
    const ends = await page.evaluate(async () => {
      const api = document.querySelector("kept-kpis").api(1);
      const both = await Promise.allSettled([api.update({ segment: "plan" }), api.update({ compare: "none" })]);
      return both.map(({ status, reason }) => reason?.code ?? status);
    });
    assert.deepEqual(ends, ["superseded", "fulfilled"]);
    assert.deepEqual((await call(page, "recipe")).value.options, { segment: "plan", compare: "none" });
    await loadLong(page);
    await page.evaluate((text) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([text], "short.csv"));
      const target = document.querySelector("kept-kpis").shadowRoot.querySelector(".kept");
      target.firstElementChild.dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, composed: true, cancelable: true }));
    }, survey(9));
    await page.waitForFunction(() => document.querySelector("kept-kpis").api(1).report().tables.some(({ name }) => name === "short.csv"), { timeout: 60_000 });
    assert.deepEqual((await call(page, "report")).value.tables.map(({ name, rows }) => [name, rows.read]), [["long.csv", 1_200_000], ["short.csv", 9]]);
    assert.deepEqual(errors, []);
    await page.close();
  });

  test("after a choice that is stopped, the page shows those in force", async () => {
    const { page, errors } = await openKept(browser());
    await call(page, "load", { name: "survey.csv", content: survey() });
    await untilShown(page, ".controls select");
    const chosen = () => inside(page, (root) => [...root.querySelectorAll(".controls select")].map((it) => it.value));
    const before = await chosen();
    // Stopped as soon as the run has begun, before there can be an answer.
    await inside(page, async (root) => {
      const split = root.querySelector(".controls select[aria-label='Split by']");
      split.value = "plan";
      split.dispatchEvent(new Event("change", { bubbles: true }));
      for (let turn = 0; turn < 9; turn += 1) await null;
      document.querySelector("kept-kpis").api(1).cancel();
    });
    await drawn(page);
    assert.deepEqual(await chosen(), before);
    assert.deepEqual((await call(page, "recipe")).value.options, {});
    assert.deepEqual(errors, []);
    await page.close();
  });

  test("a worker lost while reading is replaced and the file read again", async () => {
    const { page, errors } = await openKept(browser());
    await loadLong(page);
    await page.evaluate(() => window.startedWorkers.at(-1).terminate());
    assert.equal(await page.evaluate(() => window.long), "finished");
    assert.equal(await page.evaluate(() => window.startedWorkers.length), 2);
    const { value: report } = await call(page, "report");
    assert.equal(report.tables[0].rows.read, 1_200_000);
    assert.deepEqual(errors, []);
    await page.close();
  });

  test("a worker lost at rest is replaced when it is needed", async () => {
    const { page, errors } = await openKept(browser());
    await call(page, "load", { name: "survey.csv", content: survey() });
    await page.evaluate(() => window.startedWorkers.at(-1).terminate());
    const { value: report } = await call(page, "update", { segment: "plan" });
    assert.equal(report.tables[0].rows.read, 300);
    assert.deepEqual(errors, []);
    await page.close();
  });

  test("where no worker may start, the page serves itself", async () => {
    const { page } = await openPage(browser(), "about:blank", (page) =>
      page.evaluateOnNewDocument(() => {
        window.Worker = class {
          constructor() {
            throw new DOMException("not here", "SecurityError");
          }
        };
      }),
    );
    const host = await serveHost({});
    await page.goto(`${host.origin}/kept/kept.html`);
    await untilReady(page);
    const { value: report } = await call(page, "load", survey());
    assert.equal(report.tables[0].rows.read, 300);
    await page.close();
    await host.close();
  });

  test("a host that forbids workers or WebAssembly is named", async () => {
    const element = '<!doctype html><kept-kpis></kept-kpis><script type="module" src="/kept/kept.js"></script>';
    const host = await serveHost({
      "/no-worker": { text: element, headers: { "content-security-policy": "script-src 'self' 'wasm-unsafe-eval'; worker-src 'none'" } },
      "/no-wasm": { text: element, headers: { "content-security-policy": "script-src 'self'" } },
    });
    const { page } = await openPage(browser(), `${host.origin}/no-worker`);
    await untilReady(page);
    assert.equal((await call(page, "load", survey())).value.tables[0].rows.read, 300);
    await page.goto(`${host.origin}/no-wasm`);
    await page.waitForFunction(() => /forbids WebAssembly/.test(document.querySelector("kept-kpis").shadowRoot.textContent));
    assert.equal((await call(page, "load", survey())).code, "wasm_blocked");
    await page.close();
    await host.close();
  });

  test("a file that is gone when it is read is said", () =>
    withFolder(async (folder) => {
      const { page } = await openKept(browser());
      await call(page, "load", { name: "survey.csv", content: survey() });
      const path = join(folder, "gone.csv");
      await writeFile(path, survey());
      const input = await chosenFile(page, path);
      await rm(path);
      const failed = await page.evaluate(
        (input) => document.querySelector("kept-kpis").api(1).load(input.files[0]).catch(({ code, message, hint }) => ({ code, message, hint })),
        input,
      );
      isSaid(failed, "file_unreadable");
      assert.equal((await call(page, "report")).value.tables[0].name, "survey.csv");
      await page.close();
    }));
});
