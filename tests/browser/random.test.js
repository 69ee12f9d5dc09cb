// Whatever somebody does, in whatever order: no error, nothing left behind, and after it the same
// report and the same cards as a fresh element gives of the same files and choices.
//
// KEPT_STEPS=3000 does more, KEPT_SEED=7 something else; what was done last is told when it fails.

import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { inEveryBrowser, openKept, root, survey } from "./support.js";
import { install } from "./monkey.js";

const SEED = Number(process.env.KEPT_SEED ?? 20_261_123);
const STEPS = Number(process.env.KEPT_STEPS ?? 150);
const CHECKED_EVERY = 4;
/** A lost worker that could not say so is found out after 20 seconds. */
const PATIENCE_MS = 60_000;
const TOLD = 14;
/** A lost worker is found out at once in Chromium; in Firefox it takes seconds each. */
const KILLS = { Chromium: Infinity, Firefox: Math.max(2, STEPS / 100) };
/** Bytes by which the page's own memory may still grow after the first half of all steps. */
const GROWTH_BYTES = 16_000_000;

/** Numbers from 0 to 1, the same for the same seed ("mulberry32"). */
const chanceOf = (seed) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

const MADE = {
  pasted: "customer\tplan\tresponded_at\tnps\nA\tsolo\t2025-01-02\t9\nB\tteam\t2025-02-03\t3\nC\tsolo\t2025-03-04\t10\n",
  "survey.csv": survey(),
  "short.csv": survey(7),
  "long.csv": survey(30_000),
  "asks.csv": "customer;opened;score;how\nA;01/02/2025;8,5;yes\nB;03/04/2025;7,5;no\nC;05/06/2025;11;maybe\n",
  "uneven.csv": "customer,started_on,ended_on,mrr\nA,2025-01-01,,10\nB,2025-01-01,2025-03-15\nC,2025-01-01,2025-03-04,10,more\n\nD,soon,,\"1\"\"0\"\n",
  "lines.json": '{"ticket":"T1","created_at":"2025-01-01T10:00:00Z","resolved_at":"2025-01-01T12:00:00Z"}\n{"ticket":\n{"ticket":"T3","created_at":"2025-02-01T10:00:00Z"}\n',
};
const BAD = {
  "empty.csv": "",
  "blanks.csv": " \n \n",
  "picture.csv": "\u0089PNG\r\n\u001a\n\0\0\0\rIHDR\0\0\u0001",
  "document.pdf": "%PDF-1.7\n%\u00e2\u00e3\n1 0 obj\n",
};

const texts = async () => {
  const folder = join(root, "www/samples");
  const samples = await Promise.all((await readdir(folder)).map(async (name) => [name, await readFile(join(folder, name), "utf8")]));
  return { ...MADE, ...BAD, ...Object.fromEntries(samples) };
};

const GOOD = [
  "survey.csv", "short.csv", "asks.csv", "uneven.csv", "lines.json", "subscriptions.csv", "tickets.csv", "events.csv", "customers.csv",
  "relationship_survey.csv", "orders.csv", "shop_funnel.csv", "renewals.csv", "spending.csv", "nps_answers.csv", "quality.csv",
];

const OPTIONS = [
  { segment: "plan" }, { segment: "priority" }, { segment: null }, { segment: "tickets.csv.channel" }, { segment: "nothing" },
  { period: { unit: "month" } }, { period: { unit: "quarter", count: 2 } }, { period: { unit: "year" } }, { period: null },
  { compare: "year_before" }, { compare: "none" }, { compare: null },
  { as_of: "2025-06-30" }, { as_of: "1999-01-01" }, { as_of: null },
  { filter: [{ column: "plan", is: ["team"] }] }, { filter: [{ column: "channel", is: ["chat", "nobody"] }] }, { filter: null },
  { timezone: "Europe/Berlin" }, { timezone: "+05:30" }, { timezone: null }, { currency: "EUR" }, { currency: null },
  { locale: "de" }, { locale: null }, { kpis: ["net_promoter_score", "first_response_time"] }, { kpis: null },
  { settings: { "customer_satisfaction_score.satisfied_from": 5 } }, { settings: { "recurring_revenue.past_due": "left_out" } }, { settings: null },
  { variants: { customer_churn_rate: "stripe" } }, { variants: { customer_churn_rate: null } }, { targets: { net_promoter_score: 40 } }, { targets: null },
  { business_type: "retail" }, { business_type: null }, { exchange_rates: { USD: 0.5 } }, { exchange_rates: null },
  { cards: { hidden: ["net_promoter_score"] } }, { cards: null }, { year_starts: 4 }, { precision: { net_promoter_score: 5 } },
  { mapping: { "survey.csv": { columns: { plan: null } } } }, { mapping: { "asks.csv": { date_order: "day_first", decimal: "," } } },
  { mapping: { "survey.csv": { header_row: 2 } } }, { mapping: { "subscriptions.csv": { kind: "order" } } }, { mapping: null },
];
const WRONG = [
  { segmnet: "plan" }, { targets: { net_promoter_score: "high" } }, { timezone: "Mars/Olympus" }, { as_of: "soon" }, { period: { unit: "eon" } },
  { variants: { customer_churn_rate: "guessed" } }, { mapping: { "survey.csv": { encoding: "klingon" } } }, { kpis: ["nps"] }, { calendar: { days: { mon: [["9", "8"]] } } },
  { exchange_rates: { USD: -1 } }, { year_starts: 13 }, { settings: { "nothing.at_all": 1 } },
];
const ASKS = [
  ["rows", { table: "survey.csv", count: 5 }], ["rows", { table: "tickets.csv", bucket: "left_out" }], ["rows", { table: "nowhere" }],
  ["accounts", { sort: "health" }], ["accounts", {}], ["account", "C1"], ["backtest", {}],
  ["calculate", { kpi: "net_promoter_score", terms: { promoters: 5, passives: 3, detractors: 2 } }],
  ["export", "json"], ["export", "csv"], ["export", "csv", { ledger: true }], ["export", "markdown"], ["export", "html"], ["export", "sql"],
  ["export", "svg", { kpi: "net_promoter_score" }], ["export", "png", { kpi: "first_response_time" }], ["export", "parquet"],
];
const ATTRIBUTES = [
  ["theme", "dark"], ["theme", "light"], ["theme", null], ["locale", "de"], ["locale", "fr-CH"], ["locale", null],
  ["view", "cards"], ["view", "card"], ["view", null], ["kpis", "net_promoter_score"], ["kpis", null],
];
/** What choices that are well-formed may end with besides `done`; anything else is an error of ours. */
const STATED = new Set(["nothing_loaded", "exchange_rates_need_currency"]);

/** The next deed: its name, what it is given, and what must be so afterwards. */
const deedOf = (chance, kills) => {
  const one = (list) => list[Math.floor(chance() * list.length)];
  const files = () => Array.from({ length: 1 + Math.floor(chance() ** 2 * 3) }, () => one(GOOD));
  const options = () => Object.assign({}, ...Array.from({ length: Math.floor(chance() * 3) }, () => one(OPTIONS)));
  const call = () => (chance() < 0.5 ? ["load", files(), options()] : ["update", one(OPTIONS)]);
  const drawn = chance();
  if (drawn < 0.45) return ["touch", [chance(), chance()]];
  if (drawn < 0.55) return ["load", [files(), options()]];
  if (drawn < 0.57) return ["load", [[one(Object.keys(BAD))], {}]];
  if (drawn < 0.65) return ["update", [one(OPTIONS)]];
  if (drawn < 0.67) return ["update", [one(WRONG)]];
  if (drawn < 0.72) {
    const first = chance() < 0.5 ? ["load", ["long.csv"], options()] : call();
    const second = one([["cancel"], call(), call(), ["load", [one(Object.keys(BAD))], {}], ["ask", ...one(ASKS)], ["replace", false], ["move", true], ["move", false], ["drop", files()]]);
    return ["overtaken", [first, Math.floor(chance() * 60) - 1, second]];
  }
  if (drawn < 0.76) return ["drop", [files()]];
  if (drawn < 0.85) return ["ask", one(ASKS)];
  if (drawn < 0.89) return ["attribute", one(ATTRIBUTES)];
  if (drawn < 0.91) return ["again", []];
  if (drawn < 0.93) return ["move", [chance() < 0.5]];
  if (drawn < 0.95) return ["replace", [chance() < 0.5]];
  if (drawn < 0.97 && kills > 0) return ["kill", []];
  return ["cancel", []];
};

/** Choices laid over others, as `www/docs/embedding.md` says. */
const laidOver = (before, given) => {
  const whole = structuredClone(before);
  for (const [name, value] of Object.entries(given)) {
    if (value === null) delete whole[name];
    else if (["variants", "settings", "targets", "exchange_rates", "precision", "mapping"].includes(name)) {
      whole[name] = { ...whole[name], ...value };
      for (const [key, entry] of Object.entries(value)) if (entry === null) delete whole[name][key];
      if (name === "mapping") {
        for (const [table, entry] of Object.entries(value)) {
          const under = before.mapping?.[table] ?? {};
          whole.mapping[table] = { ...under, ...entry };
          if (under.columns || entry.columns) whole.mapping[table].columns = { ...under.columns, ...entry.columns };
        }
      }
      if (Object.keys(whole[name]).length === 0) delete whole[name];
    } else whole[name] = value;
  }
  return whole;
};

const distinct = (names) => {
  const taken = new Set();
  return names.map((name) => {
    let own = name;
    for (let count = 2; taken.has(own); count += 1) own = name.replace(/(\.\w+)?$/, `_${count}$1`);
    taken.add(own);
    return own;
  });
};

inEveryBrowser((browser, name) => {
  test(`${STEPS} deeds by chance (seed ${SEED})`, { timeout: 60_000 + STEPS * 3_000 }, async () => {
    const made = await texts();
    const { page, errors } = await openKept(browser(), (page) => page.evaluateOnNewDocument(install, made));
    const chance = chanceOf(SEED);
    const told = [];
    const failing = (what) => `${what}\nThe last deeds, ${told.length} in all, seed ${SEED}:\n${told.slice(-TOLD).join("\n")}`;
    const settled = () => page.evaluate((patience) => window.settled(patience), PATIENCE_MS);
    const rested = async () => {
      await page.evaluate(() => window.deed("replace", [true], 0));
      await settled();
      await page.evaluate(() => window.deed("wait", [400], 0));
      const garbage = name === "Chromium" ? await page.createCDPSession() : null;
      await garbage?.send("HeapProfiler.enable");
      await garbage?.send("HeapProfiler.collectGarbage");
      await garbage?.detach();
      const { Nodes: nodes = 0, JSEventListeners: listenersOfAll = 0 } = name === "Chromium" ? await page.metrics() : {};
      return { ...(await page.evaluate(() => window.holding())), nodes, listenersOfAll };
    };
    let kills = KILLS[name];
    let known = await page.evaluate(() => window.standing());
    let checked = null;
    let atRest = null;
    for (let step = 1; step <= STEPS; step += 1) {
      const [kind, given] = deedOf(chance, kills);
      if (kind === "kill") kills -= 1;
      told.push(`${step}. ${kind} ${JSON.stringify(given).slice(0, 260)}`);
      // Some follow each other before anything has settled.
      const isHalf = step === Math.ceil(STEPS / 2);
      const isWaiting = isHalf || step % CHECKED_EVERY === 0 || !["touch", "drop", "cancel", "attribute"].includes(kind) || chance() < 0.5;
      let came = null;
      try {
        came = await page.evaluate((...given) => window.deed(...given), kind, given, isWaiting ? PATIENCE_MS : 0);
      } catch (error) {
        assert.fail(failing(error.message));
      }
      told[told.length - 1] += ` → ${JSON.stringify(came)}`;
      assert.deepEqual(errors, [], failing("an error on the page"));
      if (!isWaiting) {
        known = null;
        continue;
      }
      const now = await page.evaluate(() => window.standing());
      if (kind === "load") {
        if (came === "done") {
          assert.deepEqual(now.tables, distinct(given[0]), failing("other tables than those loaded"));
        } else {
          assert.ok(given[0].every((name) => name in BAD) || STATED.has(came), failing(`a load ended with ${came}`));
          if (known) assert.deepEqual(now, known, failing("a load that fails changes nothing"));
        }
      }
      if (kind === "update" && known) {
        if (came === "done") assert.deepEqual(now.options, laidOver(known.options, given[0]), failing("other choices than those made"));
        else assert.deepEqual(now, known, failing("an update that fails changes nothing"));
      }
      if (["ask", "again", "kill"].includes(kind) && known && came !== "superseded") {
        assert.deepEqual(now, known, failing("a question changes nothing"));
      }
      if (["load", "update"].includes(kind) && came !== "done" && OPTIONS.includes(given[0])) {
        assert.ok(STATED.has(came), failing(`an update ended with ${came}`));
      }
      known = now;
      if (step % CHECKED_EVERY === 0 && now.report !== null && checked !== JSON.stringify(now)) {
        const difference = await page.evaluate(() => window.differs(true));
        assert.equal(difference, null, failing("a fresh run gives another report or other cards"));
        await settled();
        assert.deepEqual(errors, [], failing("an error on the page"));
        known = await page.evaluate(() => window.standing());
        checked = JSON.stringify(known);
      }
      const shown = await page.evaluate(() => document.querySelector("kept-kpis").shadowRoot.textContent);
      const nonsense = /.{0,60}\b(NaN|undefined|null(?! ignored)|Infinity)\b.{0,40}/s.exec(shown);
      assert.equal(nonsense?.[0], undefined, failing("nonsense on the page"));
      const { workers } = await page.evaluate(() => window.holding());
      assert.ok(workers <= 1, failing(`${workers} workers`));
      if (isHalf) {
        atRest = await rested();
        known = await page.evaluate(() => window.standing());
      }
    }
    const left = await rested();
    assert.equal(left.listeners, atRest.listeners, failing("listeners of the page"));
    assert.equal(left.elements, atRest.elements, failing("elements of the page"));
    assert.ok(left.workers <= 1, failing("workers"));
    assert.ok(left.memory <= atRest.memory + GROWTH_BYTES, failing(`${left.memory} bytes of the page's program, ${atRest.memory} before`));
    assert.ok(left.nodes <= 1.2 * atRest.nodes + 500, failing(`${left.nodes} nodes, ${atRest.nodes} before`));
    assert.ok(left.listenersOfAll <= 1.2 * atRest.listenersOfAll + 200, failing(`${left.listenersOfAll} listeners, ${atRest.listenersOfAll} before`));
    assert.deepEqual(errors, [], failing("an error on the page"));
    await page.close();
  });
});
