// Kept: from the file's handle to the report, through the element's API. Every run has a fresh
// element, whose worker has started.

import { spyOnWorkers, wasmBytes } from "./memory.js";

let element = null;

export const prepare = async () => {
  spyOnWorkers();
  await import("/kept/kept.js");
};

export const before = async () => {
  element?.remove();
  element = document.createElement("kept-kpis");
  const ready = new Promise((resolve) => element.addEventListener("kept-ready", resolve, { once: true }));
  document.body.append(element);
  await ready;
};

export const run = async (file, work) => {
  const began = performance.now();
  let readSeconds = null;
  const hear = ({ detail }) => {
    if (detail.bytes_read === detail.bytes_total) readSeconds ??= (performance.now() - began) / 1000;
  };
  element.addEventListener("kept-progress", hear);
  const report = await element.api(1).load(file, work.keptOptions);
  element.removeEventListener("kept-progress", hear);
  return { figures: work.figuresOfReport(report), readSeconds };
};

/** What is asked for next is measured as well: another segment, another period. */
export const after = async (work) => {
  const bytes = await wasmBytes();
  const again = {};
  for (const [name, options] of Object.entries(work.keptUpdates)) {
    const began = performance.now();
    await element.api(1).update(options);
    again[name] = (performance.now() - began) / 1000;
  }
  return { wasmBytes: bytes, again };
};
