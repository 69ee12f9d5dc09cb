// www/docs/speed.md: what the last whole run of the bench measured, and how.

import { CONTESTANTS, KINDS, dateInWords, machineInWords, megabytes, rowsInWords, secondsInWords } from "./words.js";
import { kindsOf } from "./chart.js";

const row = (cells) => `| ${cells.join(" | ")} |`;
const tableOf = (head, rows) => [row(head), row(head.map((_, place) => (place === 0 ? "---" : "--:"))), ...rows.map(row)].join("\n");
const times = (one, other) => (one && other ? (one / other).toFixed(one / other < 10 ? 2 : 1) : "–");
const named = (bench, name) => [CONTESTANTS[name], bench.packages[{ duckdb: "@duckdb/duckdb-wasm", papaparse: "papaparse", udsv: "udsv" }[name]]].filter(Boolean).join(" ");

const kindOf = (bench, { case: name, rows, bytes, measured, differences }) => {
  const lines = Object.entries(measured).map(([contestant, it]) => {
    if (it.failure) return [named(bench, contestant), it.failure, ...Array(7).fill("–")];
    const { seconds } = it;
    return [
      named(bench, contestant),
      secondsInWords(seconds),
      Math.round(rows / seconds / 1000).toLocaleString("en"),
      (bytes / 1e6 / seconds).toFixed(0),
      times(seconds, measured.streaming?.seconds),
      times(seconds, measured.kept?.seconds),
      `${it.longest_task_ms.toFixed(0)} ms`,
      megabytes(it.wasm_bytes),
      megabytes(it.peak_process_bytes),
    ];
  });
  const again = Object.entries(measured.kept?.again ?? {}).map(([what, seconds]) => `${what} ${secondsInWords(seconds)}`);
  return [
    `## ${rowsInWords(rows)} ${KINDS[name]}, ${megabytes(bytes)}`.replace(/^## ./, (start) => start.toUpperCase()),
    "",
    tableOf(["", "time", "1,000 rows/s", "MB/s", "÷ streaming", "÷ Kept", "page held", "WebAssembly", "process"], lines),
    "",
    differences.length === 0 ? "All figures agree." : `Figures differ: ${differences.length}.`,
    ...(again.length > 0 ? [`With Kept, without reading again: ${again.join(", ")}.`] : []),
    "",
  ].join("\n");
};

const growthOf = (bench) => {
  const [{ case: kind, measured }] = bench.cases;
  const sizes = bench.cases.filter((it) => it.case === kind).sort((one, other) => one.rows - other.rows);
  if (sizes.length < 2) return "";
  const lines = Object.keys(measured).map((name) => [
    named(bench, name),
    ...sizes.map(({ measured }) => (measured[name].failure ? "cannot" : secondsInWords(measured[name].seconds))),
  ]);
  return [
    "## How time grows with rows",
    "",
    "![Seconds by rows, both axes logarithmic](speed-growth.svg)",
    "",
    tableOf(["", ...sizes.map(({ rows }) => rowsInWords(rows))], lines),
    "",
    "Everybody's fixed costs, such as starting a query, show in the smallest table.",
    "",
  ].join("\n");
};

const loadOf = (bench) =>
  [
    "## What a first visit loads",
    "",
    tableOf(["", "files", "as it is", "with brotli"], Object.entries(bench.first_load).filter(([name, { files }]) => files > 0 && name !== "kept-only").map(([name, it]) => [named(bench, name), it.files, megabytes(it.bytes), megabytes(it.brotli_bytes)])),
    "",
    "Papa Parse and uDSV read cells and compute nothing; Kept's weight holds its page, every KPI and the workbooks' reader.",
    "",
  ].join("\n");

/** The page of the documentation. */
export const documentOf = (bench) =>
  `# Speed

Written by \`cargo xtask bench\` on ${dateInWords(bench.measured_on)}: ${machineInWords(bench.machine)}, ${bench.browser.replace("/", " ")}.
Medians of ${bench.runs} runs after one that is not counted; everybody in turn, in one browser, on the same invented files, each opened by its handle as a user would.
Trust the ratios; seconds depend on the machine.

- **Bare streaming** reads the bytes in a worker and does nothing: nobody can be faster.
- **Kept** goes from the handle to its report: all KPIs that the table supports with intervals, months, segments and comparisons, of which only the compared figures are asked of the others.
- **Kept, these figures** is the same, asked for the compared KPIs alone.
- **DuckDB-Wasm** is started and warm, reads the file by its handle and is told every column's type; one statement gives the same figures.
- **Papa Parse** and **uDSV** read in a worker; plain JavaScript makes the same figures of their rows.

A run fails where the figures of two of them differ.
"Page held" is the longest time for which the page could not answer; "WebAssembly" the memory of the program, "process" that of the browser's process, each at its peak.
The jobs: [\`tests/bench/page/\`](../../tests/bench/page).

![Seconds from the file to the figures, by kind of table](speed-kinds.svg)

${kindsOf(bench).map((it) => kindOf(bench, it)).join("\n")}
${growthOf(bench)}
${loadOf(bench)}`.trimEnd() + "\n";
