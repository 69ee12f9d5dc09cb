// The page answers while a million rows are read.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import { call, chosenFile, inEveryBrowser, openKept, realTable, withFolder } from "./support.js";

const ROWS = 1_000_000;
/** What a person notices as a stutter but not as a standstill. */
const LONGEST_TASK_MS = 200;

inEveryBrowser((browser, name) => {
  test("no task of the page takes long while a million rows are read", { timeout: 240_000 }, (context) => {
    const generator = realTable("make_tickets.py");
    if (!generator) return context.skip("../shared/data is not here");
    return withFolder(async (folder) => {
      const path = join(folder, "tickets.csv");
      await promisify(execFile)("python3", [generator, String(ROWS), path]);
      const { page, errors } = await openKept(browser());
      const input = await chosenFile(page, path);
      const measured = await page.evaluate(async (input) => {
        let longest = 0;
        let last = performance.now();
        const watch = setInterval(() => {
          longest = Math.max(longest, performance.now() - last);
          last = performance.now();
        }, 5);
        const began = performance.now();
        const report = await document.querySelector("kept-kpis").api(1).load(input.files[0]);
        await new Promise((resolve) => setTimeout(resolve, 50));
        clearInterval(watch);
        return { longest, took: performance.now() - began, read: report.tables[0].rows.read };
      }, input);
      context.diagnostic(`${name}: ${ROWS} rows in ${Math.round(measured.took)} ms, longest task ${Math.round(measured.longest)} ms`);
      assert.equal(measured.read, ROWS);
      assert.ok(measured.longest < LONGEST_TASK_MS, `longest task ${measured.longest} ms`);
      const { value: report } = await call(page, "report");
      assert.ok(report.findings.some(({ status }) => status === "ok"));
      assert.deepEqual(errors, []);
      await page.close();
    });
  });
});
