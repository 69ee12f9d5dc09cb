// The rows behind the figures: in the API, on the page, as a file; and other ways to read a table.

import assert from "node:assert/strict";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { call, inEveryBrowser, openKept, shownText, survey } from "./support.js";

const FAULTY = `customer,responded_at,How likely are you to recommend us? (0-10),note
C1,2025-01-03,9,fine
C2,2025-01-04,eleven,"two
lines"
C3,2025-01-05,,=SUM(A1)
C4,2025-01-06,10,"a very long text that is shown as it stands"
C5,2025-01-07,7,a,b,c
C6,2025-01-08,4,ok
`;

const loaded = async (browser, content = FAULTY) => {
  const opened = await openKept(browser);
  const { value, code } = await call(opened.page, "load", { name: "survey.csv", content });
  assert.ok(value, code);
  return { ...opened, report: value };
};

/** A blob of these bytes, made on the page. */
const loadBytes = (page, name, bytes) =>
  page.evaluate(
    async (name, bytes) => {
      const content = Uint8Array.from(atob(bytes), (letter) => letter.charCodeAt(0)).buffer;
      return document.querySelector("kept-kpis").api(1).load({ name, content });
    },
    name,
    Buffer.from(bytes).toString("base64"),
  );

const click = (page, text, within = "button") =>
  page.evaluate(
    (text, within) => {
      const found = [...document.querySelector("kept-kpis").shadowRoot.querySelectorAll(within)];
      found.find((node) => node.textContent.includes(text)).click();
    },
    text,
    within,
  );

const untilShown = (page, pattern) =>
  page.waitForFunction(
    (pattern) => new RegExp(pattern).test(document.querySelector("kept-kpis").shadowRoot.textContent),
    {},
    pattern,
  );

inEveryBrowser((browser) => {
  test("rows come with their fate, as they stand in the file", async () => {
    const { page, errors, report } = await loaded(browser());
    const { value: all } = await call(page, "rows", { table: "survey.csv" });
    assert.equal(all.total, report.tables[0].rows.read);
    assert.deepEqual(all.rows.map(({ line }) => line), [2, 3, 5, 6, 7, 8]);
    assert.equal(all.rows[1].cells[3], "two\nlines");
    assert.equal(all.rows[1].faults[0].found, "eleven");
    assert.equal(all.rows[4].reason, "too_many_cells");
    assert.equal(all.rows[4].raw, "C5,2025-01-07,7,a,b,c");
    const left = await call(page, "rows", { table: "survey.csv", finding: "net_promoter_score", bucket: "left_out" });
    assert.deepEqual(left.value.rows.map(({ row }) => row), [2, 3, 5]);
    assert.equal((await call(page, "rows", { table: "other" })).code, "table_unknown");
    assert.equal((await call(page, "rows", { sheet: 1 })).code, "query_invalid");
    assert.deepEqual(errors, []);
    await page.close();
  });

  test("a packed file is counted in its own bytes and shows what is held", async () => {
    const { page } = await openKept(browser());
    const packed = gzipSync(survey(20_000));
    await page.evaluate(() => {
      window.progress = [];
      document.addEventListener("kept-progress", ({ detail }) => window.progress.push(detail));
    });
    const report = await loadBytes(page, "survey.csv.gz", packed);
    assert.equal(report.tables[0].rows.read, 20_000);
    const progress = await page.evaluate(() => window.progress);
    assert.ok(progress.length > 0);
    for (const { bytes_read, bytes_total } of progress) {
      assert.ok(bytes_read <= packed.length && bytes_total <= packed.length, `${bytes_read} of ${bytes_total}`);
    }
    const { value } = await call(page, "rows", { table: "survey.csv.gz", from: 19_999 });
    assert.deepEqual([value.rows[0].cells[0], value.rows[0].raw], ["R19999", null]);
    await page.close();
  });

  test("the list of faults is CSV that no spreadsheet takes for formulas", async () => {
    const { page } = await loaded(browser());
    const list = await page.evaluate(async () => {
      const blob = await document.querySelector("kept-kpis").api(1).export("csv", { ledger: true });
      return [blob.type, await blob.text()];
    });
    assert.match(list[0], /^text\/csv/);
    assert.match(list[1], /^table,row,line,bucket,reason,column,found,expected\r\n/);
    assert.match(list[1], /survey.csv,2,3,left_out,score_invalid,[^,]*,eleven,/);
    assert.match(list[1], /survey.csv,5,7,left_out,too_many_cells,,,\r\n/);
    for (const cell of list[1].split(/[,\r\n]/)) assert.doesNotMatch(cell, /^[=+@]|^-\D/);
    await page.close();
  });

  test("another encoding is read from the file again, and a failure changes nothing", async () => {
    const { page, errors } = await openKept(browser());
    const bytes = [...Buffer.from("customer,nps\nCaf"), 0xe9, ...Buffer.from(",9\nB,3\n")];
    await loadBytes(page, "s.csv", bytes);
    const cell = async () => (await call(page, "rows", { table: "s.csv" })).value.rows[0].cells[0];
    assert.equal(await cell(), "Café");
    const mapping = (choice) => ({ mapping: { "s.csv": choice } });
    const { value } = await call(page, "update", mapping({ encoding: "windows-1251" }));
    assert.equal(value.tables[0].dialect.encoding, "windows-1251");
    assert.equal(await cell(), "Cafй");
    assert.equal((await call(page, "update", mapping({ header_row: 9 }))).code, "no_rows");
    assert.equal(await cell(), "Cafй");
    assert.deepEqual(errors, []);
    await page.close();
  });

  test("counts on the page lead to their rows", async () => {
    const { page, errors } = await loaded(browser());
    await click(page, "Check");
    await click(page, "1", "table .num button");
    await untilShown(page, "As it stands in the file");
    await untilShown(page, "C5,2025-01-07,7,a,b,c");
    assert.match(await shownText(page), /Download the list \(CSV\)/);
    assert.deepEqual(errors, []);
    await page.close();
  });

  test("a run is stopped within 100 ms, while reading and while computing", async () => {
    const { page } = await openKept(browser());
    const head = survey(3_000);
    for (const when of ["reading", "computing"]) {
      const took = await page.evaluate(
        async (head, when) => {
          const [names, ...rows] = head.trim().split("\n");
          const file = new File([`${names}\n`, ...Array(300).fill(`${rows.join("\n")}\n`)], "long.csv");
          const api = document.querySelector("kept-kpis").api(1);
          await new Promise((resolve) => {
            const hear = ({ detail: { bytes_read, bytes_total } }) => {
              if (when === "computing" && bytes_read < bytes_total) return;
              document.removeEventListener("kept-progress", hear);
              resolve();
            };
            document.addEventListener("kept-progress", hear);
            window.long = api.load(file).then(() => "finished", ({ code }) => code);
          });
          const began = performance.now();
          api.cancel();
          return [await window.long, performance.now() - began];
        },
        head,
        when,
      );
      assert.equal(took[0], "cancelled", when);
      assert.ok(took[1] < 100, `${when}: ${took[1]} ms`);
    }
    assert.equal((await call(page, "load", survey())).value.tables[0].rows.read, 300);
    await page.close();
  });
});
