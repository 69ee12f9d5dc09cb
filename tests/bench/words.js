// Words for what is measured: names, numbers, dates, the machine.

export const CONTESTANTS = {
  streaming: "bare streaming",
  kept: "Kept",
  "kept-only": "Kept, these figures",
  duckdb: "DuckDB-Wasm",
  papaparse: "Papa Parse",
  udsv: "uDSV",
};

export const KINDS = {
  tickets: "support tickets",
  surveys: "survey answers",
  subscriptions: "subscriptions over 60 months",
  events: "events of use",
};

const MONTHS = "January February March April May June July August September October November December".split(" ");

/** 2026-11-23 → 23 November 2026. */
export const dateInWords = (day) => {
  const [year, month, date] = day.split("-").map(Number);
  return `${date} ${MONTHS[month - 1]} ${year}`;
};

/** 1000000 → a million. */
export const rowsInWords = (rows) => {
  if (rows === 1e6) return "a million";
  if (rows > 1e6 && rows % 1e6 === 0) return `${rows / 1e6} million`;
  return rows.toLocaleString("en");
};

export const secondsInWords = (seconds) => (seconds < 0.095 ? `${Math.round(seconds * 1000)} ms` : `${seconds.toPrecision(seconds < 1 ? 2 : 3)} s`);

export const megabytes = (bytes) => {
  if (!bytes) return "–";
  return bytes < 95_000 ? `${Math.round(bytes / 1000)} KB` : `${(bytes / 1e6).toFixed(bytes < 9.5e6 ? 1 : 0)} MB`;
};

/** What the figures were measured on; a machine that had other things to do is told. */
export const machineInWords = ({ processors, model, load }) => {
  const idle = load < 0.5 * processors ? "with little else to do" : `busy with other things (a load of ${load.toFixed(1)} when it began)`;
  return `${processors} processors (${model.replace(/\s+/g, " ").trim()}), ${idle}`;
};
