// Papa Parse: streaming in a worker of the page, where it neither blocks the page nor has its
// rows copied to it, with plain JavaScript for the figures.

import { asked } from "./ask.js";

let worker = null;

export const prepare = () => {
  worker = new Worker(new URL("./papaparse.worker.js", import.meta.url));
};

export const run = (file, work) => asked(worker, { file, name: work.name });
