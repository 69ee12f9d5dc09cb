import { inferSchema, initParser } from "/packages/udsv/dist/uDSV.mjs";
import { caseNamed } from "./cases.js";

onmessage = async ({ data: { file, name } }) => {
  const figures = caseNamed(name).plainFigures();
  const add = (row) => {
    figures.add(row);
  };
  const texts = file.stream().pipeThrough(new TextDecoderStream()).getReader();
  let parser = null;
  for (;;) {
    const { done, value } = await texts.read();
    if (done) break;
    // The quote is named because the first piece of a file may have none.
    parser ??= initParser(inferSchema(value, { encl: '"', esc: '"' }));
    parser.chunk(value, parser.stringArrs, add);
  }
  parser.end();
  postMessage({ figures: figures.finished() });
};
