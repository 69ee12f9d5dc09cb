// The jobs: for each, how every contestant is asked for the same figures.

import * as events from "./events.js";
import * as subscriptions from "./subscriptions.js";
import * as surveys from "./surveys.js";
import * as tickets from "./tickets.js";

const CASES = { tickets, surveys, subscriptions, events };

export const caseNamed = (name) => {
  if (!(name in CASES)) throw new Error(`there is no case ${name}`);
  return { name, ...CASES[name] };
};
