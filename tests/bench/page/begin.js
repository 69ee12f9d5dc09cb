// Every page of the bench: takes the contestant that its address names and measures it.

import { caseNamed } from "./cases.js";
import { watchedPage } from "./watch.js";

const words = new URLSearchParams(location.search);
const contestant = await import(`./${words.get("contestant")}.js`);

const input = document.createElement("input");
input.type = "file";
document.body.append(input);

/** Once, before any clock runs: what a page does while its user looks for the file. */
window.prepare = () => contestant.prepare();

/** One job on the file in the input, from its handle to its figures. */
window.measured = async (caseName) => {
  const file = input.files[0];
  const work = caseNamed(caseName);
  await contestant.before?.(work);
  const watch = watchedPage();
  const began = performance.now();
  const given = await contestant.run(file, work);
  const seconds = (performance.now() - began) / 1000;
  const longestTaskMs = await watch.end();
  const after = (await contestant.after?.(work)) ?? {};
  return { seconds, longestTaskMs, ...given, ...after };
};

window.isReady = true;
