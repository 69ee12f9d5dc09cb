// uDSV: fed with the text of the file's stream in a worker, with plain JavaScript for the figures.

import { asked } from "./ask.js";

let worker = null;

export const prepare = () => {
  worker = new Worker(new URL("./udsv.worker.js", import.meta.url), { type: "module" });
};

export const run = (file, work) => asked(worker, { file, name: work.name });
