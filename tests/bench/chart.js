// The charts of the last run as SVG: seconds by kind of table, and how seconds grow with rows.

import { CONTESTANTS, KINDS, rowsInWords, secondsInWords } from "./words.js";

const WIDTH = 760;
const STYLE = `<style>
  text { font: 13px system-ui, sans-serif; fill: #1c2430 } .quiet { fill: #5a6575; font-size: 12px }
  .title { font-weight: 600 } .grid { stroke: #d9dee5 } .ground { fill: #fff }
  .streaming { fill: #98a2b0; stroke: #98a2b0 } .kept { fill: #0a6b5e; stroke: #0a6b5e } .kept-only { fill: #5fa99d; stroke: #5fa99d } .duckdb { fill: #b8860b; stroke: #b8860b }
  .papaparse { fill: #7a4fa3; stroke: #7a4fa3 } .udsv { fill: #b4473f; stroke: #b4473f } .line { fill: none; stroke-width: 2 }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6eaf0 } .quiet { fill: #a5afbd } .grid { stroke: #38414d } .ground { fill: #151a21 }
    .kept { fill: #35b8a4; stroke: #35b8a4 } .kept-only { fill: #1f7567; stroke: #1f7567 } .duckdb { fill: #e0b03c; stroke: #e0b03c } .papaparse { fill: #b08ad6; stroke: #b08ad6 } .udsv { fill: #e07b72; stroke: #e07b72 }
  }
</style>`;

const escaped = (text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;");

const text = (x, y, words, { kind = "", anchor = "start" } = {}) =>
  `<text x="${x}" y="${y}"${kind && ` class="${kind}"`}${anchor === "start" ? "" : ` text-anchor="${anchor}"`}>${escaped(words)}</text>`;

const picture = (height, says, parts) =>
  [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-label="${escaped(says).replace(/"/g, "&quot;")}">`,
    STYLE,
    `<rect class="ground" width="${WIDTH}" height="${height}"/>`,
    ...parts,
    "</svg>\n",
  ].join("\n");

/** The largest table of each kind that a whole run has at its usual size: the first of its name. */
export const kindsOf = ({ cases }) => cases.filter((it, place) => cases.findIndex((other) => other.case === it.case) === place);

/** Bars: seconds of everybody for one table of each kind. */
export const kindsChart = (bench) => {
  const kinds = kindsOf(bench);
  const [left, right, bar, gap, head] = [150, 90, 18, 5, 46];
  const seconds = kinds.flatMap(({ measured }) => Object.values(measured).map((it) => it.seconds ?? 0));
  const scale = (WIDTH - left - right) / Math.max(...seconds);
  const parts = [];
  let y = 8;
  for (const { case: name, rows, measured } of kinds) {
    parts.push(text(12, y + 24, `${rowsInWords(rows)} ${KINDS[name]}`.replace(/^./, (letter) => letter.toUpperCase()), { kind: "title" }));
    y += head - 8;
    for (const [contestant, { seconds, failure }] of Object.entries(measured)) {
      parts.push(text(left - 10, y + 13, CONTESTANTS[contestant], { anchor: "end" }));
      if (failure) parts.push(text(left, y + 13, "cannot", { kind: "quiet" }));
      else {
        const width = Math.max(1, seconds * scale);
        parts.push(`<rect class="${contestant}" x="${left}" y="${y}" width="${width.toFixed(1)}" height="${bar}"/>`);
        parts.push(text((left + width + 8).toFixed(1), y + 13, secondsInWords(seconds), { kind: "quiet" }));
      }
      y += bar + gap;
    }
    y += 10;
  }
  const says = kinds.map(({ case: name, measured }) => `${KINDS[name]}: ${Object.entries(measured).map(([it, { seconds }]) => `${CONTESTANTS[it]} ${seconds ? secondsInWords(seconds) : "cannot"}`).join(", ")}`);
  return picture(y + 4, `Seconds from the file to the figures. ${says.join("; ")}.`, parts);
};

/** Lines: seconds of everybody over rows of the kind that was measured at several sizes. */
export const growthChart = (bench) => {
  const [first] = bench.cases;
  const cases = bench.cases.filter((it) => it.case === first.case).sort((one, other) => one.rows - other.rows);
  const [left, right, top, bottom, height] = [70, 130, 40, 44, 360];
  const names = Object.keys(first.measured);
  const points = names.map((name) => [name, cases.filter(({ measured }) => measured[name].seconds).map(({ rows, measured }) => [rows, measured[name].seconds])]);
  const all = points.flatMap(([, line]) => line.map(([, seconds]) => seconds));
  const decades = (values) => [Math.floor(Math.log10(Math.min(...values)) + 1e-9), Math.ceil(Math.log10(Math.max(...values)) - 1e-9)];
  const [[fromX, toX], [fromY, toY]] = [decades(cases.map(({ rows }) => rows)), decades(all)];
  const x = (rows) => left + ((Math.log10(rows) - fromX) / Math.max(1, toX - fromX)) * (WIDTH - left - right);
  const y = (seconds) => height - bottom - ((Math.log10(seconds) - fromY) / Math.max(1, toY - fromY)) * (height - top - bottom);
  const parts = [text(12, 24, `Seconds for ${KINDS[first.case]}, by rows (both axes logarithmic)`, { kind: "title" })];
  for (let power = fromY; power <= toY; power += 1) {
    const at = y(10 ** power).toFixed(1);
    parts.push(`<line class="grid" x1="${left}" x2="${WIDTH - right}" y1="${at}" y2="${at}"/>`, text(left - 8, Number(at) + 4, secondsInWords(10 ** power), { kind: "quiet", anchor: "end" }));
  }
  for (const { rows } of cases) parts.push(text(x(rows).toFixed(1), height - bottom + 20, rowsInWords(rows), { kind: "quiet", anchor: "middle" }));
  // Names stand at the ends of their lines, apart from each other.
  const ends = points.filter(([, line]) => line.length > 0).map(([name, line]) => ({ name, line, at: y(line.at(-1)[1]) })).sort((one, other) => one.at - other.at);
  let last = -Infinity;
  for (const { name, line, at } of ends) {
    const place = Math.max(at, last + 16);
    last = place;
    parts.push(`<polyline class="${name} line" points="${line.map(([rows, seconds]) => `${x(rows).toFixed(1)},${y(seconds).toFixed(1)}`).join(" ")}"/>`);
    for (const [rows, seconds] of line) parts.push(`<circle class="${name}" cx="${x(rows).toFixed(1)}" cy="${y(seconds).toFixed(1)}" r="3"/>`);
    parts.push(text((x(line.at(-1)[0]) + 10).toFixed(1), (place + 4).toFixed(1), CONTESTANTS[name]));
  }
  const says = ends.map(({ name, line }) => `${CONTESTANTS[name]} ${line.map(([rows, seconds]) => `${rowsInWords(rows)} ${secondsInWords(seconds)}`).join(", ")}`);
  return picture(height, `Seconds by rows. ${says.join("; ")}.`, parts);
};
