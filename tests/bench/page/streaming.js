// Bare streaming: the file read to its end in a worker, and nothing done with it. What no reader
// can undercut.

import { asked } from "./ask.js";

let worker = null;

export const prepare = () => {
  const script = `onmessage = async ({ data: { file } }) => {
    const reader = file.stream().getReader();
    let bytes = 0;
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      bytes += value.length;
    }
    postMessage({ bytes });
  };`;
  worker = new Worker(URL.createObjectURL(new Blob([script], { type: "text/javascript" })));
};

export const run = async (file) => {
  const { bytes } = await asked(worker, { file });
  if (bytes !== file.size) throw new Error(`read ${bytes} of ${file.size} bytes`);
  return {};
};
