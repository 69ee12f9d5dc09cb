// The memory of the browser's processes, as Linux tells it; nothing elsewhere.

import { readFileSync } from "node:fs";

const EVERY_MS = 25;

/** Bytes that the process holds for itself; 0 where that is not told. */
const privateBytes = (id) => {
  try {
    const [, kib] = /^RssAnon:\s+(\d+) kB/m.exec(readFileSync(`/proc/${id}/status`, "utf8"));
    return Number(kib) * 1024;
  } catch {
    return 0;
  }
};

const renderers = async (session) => {
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  return new Map(processInfo.filter(({ type }) => type === "renderer").map(({ id, cpuTime }) => [id, cpuTime]));
};

/** Does `work`; gives what it gives, and the peak of the process that worked most meanwhile. */
export const withPeak = async (browser, work) => {
  const session = await browser.target().createCDPSession();
  const before = await renderers(session);
  const peaks = new Map();
  const look = () => {
    for (const id of before.keys()) peaks.set(id, Math.max(peaks.get(id) ?? 0, privateBytes(id)));
  };
  look();
  const timer = setInterval(look, EVERY_MS);
  let result;
  try {
    result = await work();
  } finally {
    clearInterval(timer);
  }
  look();
  let busiest = { id: null, seconds: -1 };
  for (const [id, seconds] of await renderers(session)) {
    const spent = seconds - (before.get(id) ?? seconds);
    if (spent > busiest.seconds) busiest = { id, seconds: spent };
  }
  await session.detach();
  return { result, peakBytes: peaks.get(busiest.id) || null };
};
