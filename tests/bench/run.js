// The bench, called by `cargo xtask bench`: all contestants on the same files in one Chromium,
// taking turns, once untimed and then `--runs` times.

import { readFileSync, statSync, writeFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import puppeteer from "puppeteer-core";

import { differences } from "./agreement.js";
import { growthChart, kindsChart } from "./chart.js";
import { documentOf } from "./document.js";
import { withPeak } from "./processes.js";
import { served } from "./server.js";
import { medianOf, printed } from "./table.js";

const CONTESTANTS = ["streaming", "kept", "kept-only", "duckdb", "papaparse", "udsv"];
const PATIENCE_MS = 30 * 60 * 1000;

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
const dist = join(root, "dist");

const { values: words, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    runs: { type: "string", default: "5" },
    tell: { type: "boolean", default: false },
    packages: { type: "string" },
    only: { type: "string" },
  },
});
const contestants = words.only ? words.only.split(",") : CONTESTANTS;
const unknown = contestants.filter((name) => !CONTESTANTS.includes(name));
if (unknown.length > 0) throw new Error(`there is no ${unknown.join(", ")}; there are ${CONTESTANTS.join(", ")}`);

const opened = async (browser, address) => {
  const page = await browser.newPage();
  page.on("pageerror", (error) => console.error(`${address}: ${error.stack ?? error}`));
  await page.goto(address);
  await page.waitForFunction(() => window.isReady);
  await page.evaluate(() => window.prepare());
  return page;
};

/** One job; a contestant that cannot do it says why. */
const job = async (browser, page, name, path) => {
  await page.bringToFront();
  const input = await page.$("input[type=file]");
  await input.uploadFile(path);
  try {
    const { result, peakBytes } = await withPeak(browser, () => page.evaluate((name) => window.measured(name), name));
    return { ...result, peakBytes };
  } catch (error) {
    return { failure: String(error.message ?? error).split("\n")[0] };
  }
};

const measuredCase = async (browser, pages, name, rows, path) => {
  const jobs = new Map(contestants.map((contestant) => [contestant, []]));
  for (let round = 0; round <= Number(words.runs); round += 1) {
    // Everybody begins a round in turn.
    const turn = round % contestants.length;
    for (const contestant of [...contestants.slice(turn), ...contestants.slice(0, turn)]) {
      if (jobs.get(contestant).some(({ failure }) => failure)) continue;
      const done = await job(browser, pages.get(contestant), name, path);
      if (round > 0 || done.failure) jobs.get(contestant).push(done);
      console.log(`${name}, ${rows.toLocaleString("en")} rows, round ${round}, ${contestant}: ${done.failure ?? `${done.seconds.toFixed(2)} s`}`);
    }
  }
  return { name, bytes: statSync(path).size, rows, jobs };
};

/** The same, as numbers only. */
const summary = ({ name, bytes, rows, jobs }) => {
  const measured = {};
  for (const [contestant, done] of jobs) {
    const failure = done.find(({ failure }) => failure)?.failure;
    if (failure) {
      measured[contestant] = { failure };
      continue;
    }
    const most = (field) => Math.max(...done.map((job) => job[field] ?? NaN)) || null;
    const again = Object.keys(done[0].again ?? {});
    measured[contestant] = {
      seconds: medianOf(done.map(({ seconds }) => seconds)),
      all_seconds: done.map(({ seconds }) => seconds),
      read_seconds: done.every(({ readSeconds }) => readSeconds) ? medianOf(done.map(({ readSeconds }) => readSeconds)) : null,
      again: Object.fromEntries(again.map((what) => [what, medianOf(done.map(({ again }) => again[what]))])),
      longest_task_ms: most("longestTaskMs"),
      wasm_bytes: most("wasmBytes"),
      peak_process_bytes: most("peakBytes"),
    };
  }
  return { case: name, bytes, rows, measured, differences: differences(jobs) };
};

const machine = () => {
  const processors = cpus();
  return { processors: processors.length, model: processors[0]?.model ?? "unknown", load: loadavg()[0], node: process.version };
};

const begun = machine();
const site = await served(words.packages);
const browser = await puppeteer.launch({
  headless: true,
  protocolTimeout: PATIENCE_MS,
  browser: "chrome",
  executablePath: "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync"],
});
try {
  const pages = new Map();
  for (const contestant of contestants) pages.set(contestant, await opened(browser, site.addressOf(contestant)));
  const cases = [];
  for (const word of positionals) {
    const [, name, rows, path] = /^(\w+):(\d+)=(.*)$/.exec(word);
    cases.push(summary(await measuredCase(browser, pages, name, Number(rows), path)));
  }
  const packages = ["@duckdb/duckdb-wasm", "papaparse", "udsv"].map((name) => {
    const { version } = JSON.parse(readFileSync(join(words.packages, name, "package.json"), "utf8"));
    return [name, version];
  });
  const bench = {
    measured_on: new Date().toISOString().slice(0, 10),
    machine: begun,
    browser: await browser.version(),
    packages: Object.fromEntries(packages),
    runs: Number(words.runs),
    first_load: Object.fromEntries(contestants.map((name) => [name, site.loadedBy(name)])),
    cases,
  };
  writeFileSync(join(dist, "bench.json"), `${JSON.stringify(bench, null, 2)}\n`);
  console.log(printed(bench));
  if (words.tell) {
    const docs = join(root, "www/docs");
    writeFileSync(join(docs, "speed.md"), documentOf(bench));
    writeFileSync(join(docs, "speed-kinds.svg"), kindsChart(bench));
    writeFileSync(join(docs, "speed-growth.svg"), growthChart(bench));
  }
  if (cases.some(({ differences }) => differences.length > 0)) process.exitCode = 1;
} finally {
  await browser.close();
  site.close();
}
