// The jobs: for each, how every contestant is asked for the same figures.

import * as tickets from "./tickets.js";

const CASES = { tickets };

export const caseNamed = (name) => {
  if (!(name in CASES)) throw new Error(`there is no case ${name}`);
  return { name, ...CASES[name] };
};
