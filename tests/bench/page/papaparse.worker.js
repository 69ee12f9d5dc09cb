// A classic script, as Papa Parse is.

importScripts("/packages/papaparse/papaparse.min.js");
const cases = import("./cases.js");

onmessage = async ({ data: { file, name } }) => {
  const figures = (await cases).caseNamed(name).plainFigures();
  let isHeader = true;
  Papa.parse(file, {
    skipEmptyLines: true,
    chunk: ({ data }) => {
      for (const row of data) {
        if (isHeader) isHeader = false;
        else figures.add(row);
      }
    },
    complete: () => postMessage({ figures: figures.finished() }),
    error: (error) => postMessage({ error: error.message }),
  });
};
