// What the bench prints.

/** The middle one; of two middle ones their mean. */
export const medianOf = (numbers) => {
  const sorted = [...numbers].sort((one, other) => one - other);
  const middle = (sorted.length - 1) / 2;
  return (sorted[Math.floor(middle)] + sorted[Math.ceil(middle)]) / 2;
};

const COLUMNS = [
  ["", 12], ["seconds", 9], ["least", 9], ["MB/s", 9], ["rows/s", 12], ["÷ streaming", 13], ["÷ Kept", 9],
  ["page held ms", 14], ["wasm MB", 9], ["process MB", 12],
];

const megabytes = (bytes) => (bytes ? (bytes / 1e6).toFixed(0) : "–");

const line = (cells) =>
  cells.map((cell, index) => (index === 0 ? cell.padEnd(COLUMNS[0][1]) : cell.padStart(COLUMNS[index][1]))).join("");

const rowOf = (contestant, measured, { bytes, rows, of }) => {
  if (measured.failure) return `${contestant.padEnd(COLUMNS[0][1])}  ${measured.failure}`;
  const { seconds } = measured;
  const ratio = (other) => (other ? (seconds / other).toFixed(2) : "–");
  return line([
    contestant, seconds.toFixed(3), Math.min(...measured.all_seconds).toFixed(3), (bytes / 1e6 / seconds).toFixed(0),
    Math.round(rows / seconds).toLocaleString("en"), ratio(of.streaming), ratio(of.kept),
    measured.longest_task_ms.toFixed(0), megabytes(measured.wasm_bytes), megabytes(measured.peak_process_bytes),
  ]);
};

const tableOf = ({ case: name, bytes, rows, measured, differences }) => {
  const of = Object.fromEntries(Object.entries(measured).map(([contestant, { seconds }]) => [contestant, seconds]));
  const again = Object.entries(measured).flatMap(([contestant, given]) =>
    Object.entries(given.again ?? {}).map(([what, seconds]) => `${contestant}, ${what}: ${seconds.toFixed(3)} s`),
  );
  const read = Object.entries(measured).flatMap(([contestant, { read_seconds: seconds }]) =>
    seconds ? [`${contestant}, all bytes read after: ${seconds.toFixed(3)} s`] : [],
  );
  return [
    `\n${name}: ${rows.toLocaleString("en")} rows, ${megabytes(bytes)} MB`,
    line(COLUMNS.map(([title]) => title)),
    ...Object.entries(measured).map(([contestant, given]) => rowOf(contestant, given, { bytes, rows, of })),
    ...read,
    ...again,
    differences.length === 0 ? "All figures agree." : `Figures differ:\n${differences.slice(0, 20).join("\n")}`,
  ].join("\n");
};

/** Tables of all cases. */
export const printed = (bench) => {
  const packages = Object.entries(bench.packages).map(([name, version]) => `${name} ${version}`);
  const loads = Object.entries(bench.first_load).flatMap(([name, { files, bytes, brotli_bytes: packed }]) =>
    files > 0 && name !== "kept-only" ? [`${name}, first load: ${megabytes(bytes)} MB, ${(packed / 1e6).toFixed(2)} MB with brotli`] : [],
  );
  return [
    `\nMedians of ${bench.runs} runs, ${bench.measured_on}, ${bench.machine.processors} × ${bench.machine.model}`,
    `${bench.browser}, ${packages.join(", ")}`,
    ...bench.cases.map(tableOf),
    ...loads,
  ].join("\n");
};
