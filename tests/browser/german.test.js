// The page in German: no view shows an English sentence but for those listed, and the language
// follows the attribute.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { call, exported, inEveryBrowser, openKept, root, untilShown } from "./support.js";
import { drawn, inside, press } from "./views.js";

const catalogue = await readFile(join(root, "src/present/languages/de.po"), "utf8");
const keys = [...catalogue.matchAll(/^msgid "(.+)"$/gm)].map(([, key]) => JSON.parse(`"${key}"`));

const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
/** Keys of more than two words, as what finds them in a shown text. */
const sentences = keys
  .filter((key) => key.replace(/\{\d\}/g, " ").split(/\s+/).filter((word) => /[a-z]{2}/i.test(word)).length > 2)
  .map((key) => new RegExp(`(^|[ :(“„])${key.split(/\{\d\}/).map(escaped).join(".{1,80}?")}($|[ .,;:)”“])`));

/** Words that no German sentence has. */
const ENGLISH = /\b(the|of|and|are|with|that|this|which|were|from|have|has|their|there|is|by|each|your|you)\b/gi;

const judged = new Map();
const isEnglish = (text) => {
  if (!judged.has(text)) judged.set(text, speaksEnglish(text));
  return judged.get(text);
};

const speaksEnglish = (text) => {
  const words = new Set((text.match(ENGLISH) ?? []).map((word) => word.toLowerCase()));
  return words.size > 1 || sentences.some((sentence) => sentence.test(text));
};

/** All texts that are shown or read out, but for code and the cells and names of the user. */
const shown = (page) =>
  inside(page, (root) => {
    const texts = new Set();
    const add = (text) => {
      const plain = text?.replace(/\s+/g, " ").trim();
      if (plain) texts.add(plain);
    };
    const walk = (node) => {
      if (node.nodeType === Node.TEXT_NODE) return add(node.textContent);
      if (node.nodeType !== Node.ELEMENT_NODE && node !== root) return;
      if (node.matches?.("style, script, pre, code, textarea, .parts, .cite")) return;
      for (const name of ["aria-label", "title", "placeholder", "aria-valuetext"]) add(node.getAttribute?.(name));
      for (const child of node.childNodes) walk(child);
    };
    walk(root);
    return [...texts];
  });

const COMPANY = ["customers.csv", "relationship_survey.csv", "tickets.csv", "events.csv", "subscriptions.csv", "spending.csv"];

/** Words of the sample's headers, which are the user's, and names of publications stay as they are. */
const AS_WRITTEN = [/Why did you give/, /ikely are you/, /\b(com|io|org|ai)\//, /\.(com|io|org)$/, /Fader|Reichheld/, /, article of \d{4}/];

/** What is not told in German yet: why a column has its meaning where that was read from its header, measures of accounts beside the name of their table. */
const NOT_YET = [
  /^Header reads like/,
  /(Revenue against 90 days before|Days since the last answer|Days as a customer)/,
];
const isLeft = (text) => [...AS_WRITTEN, ...NOT_YET].some((known) => known.test(text));

const load = async (page, names, options) => {
  const files = [];
  for (const name of names) files.push({ name, content: await readFile(join(root, "www/samples", name), "utf8") });
  const { code } = await call(page, "load", files, options ?? {});
  assert.equal(code, undefined);
  await untilShown(page, ".card");
};

const inLanguage = async (page, lang) => {
  await page.evaluate((lang) => (document.querySelector("kept-kpis").lang = lang), lang);
  await page.waitForFunction(
    (lang) => document.querySelector("kept-kpis").shadowRoot.querySelector(".kept[lang]")?.lang === lang,
    { polling: "raf" },
    lang,
  );
  await drawn(page);
};

const openAll = (page) => inside(page, (root) => root.querySelectorAll("details").forEach((it) => (it.open = true)));

inEveryBrowser((browser) => {
  test("no view of the page shows an English sentence", { timeout: 400_000 }, async () => {
    const { page, errors } = await openKept(browser());
    await inLanguage(page, "de");
    const left = {};
    let count = 0;
    const look = async (view) => {
      await openAll(page);
      await drawn(page);
      const texts = await shown(page);
      count += texts.length;
      const english = texts.filter((text) => isEnglish(text) && !isLeft(text));
      if (english.length > 0) left[view] = english;
    };
    await look("start");
    await load(page, COMPANY);
    await press(page, "Prüfen");
    await look("check");
    await press(page, "Kennzahlen");
    await untilShown(page, ".card");
    await look("dashboard");
    const cards = await inside(page, (root) => [...root.querySelectorAll(".card h3 button")].length);
    assert.ok(cards > 15, `${cards} cards`);
    for (let card = 0; card < cards; card += 1) {
      await inside(page, (root, card) => root.querySelectorAll(".card h3 button")[card].click(), card);
      await page.waitForFunction(() => !document.querySelector("kept-kpis").shadowRoot.querySelector(".card"), { polling: "raf" });
      await look(`card ${card}`);
      await press(page, "Kennzahlen");
      await untilShown(page, ".card");
    }
    await press(page, "Konten");
    await untilShown(page, ".acc .one button");
    await look("accounts");
    await inside(page, (root) => root.querySelector(".acc .one button").click());
    await page.waitForFunction(() => document.querySelector("kept-kpis").shadowRoot.querySelector("main h1"), { polling: "raf" });
    await look("account");
    await press(page, "Zeilen");
    await look("rows");
    await press(page, "Rechner");
    await look("calculators");
    await press(page, "Kennzahlen");
    await untilShown(page, ".card");
    await press(page, "Speichern und teilen");
    await look("share");
    assert.ok(count > 1000, `${count} texts`);
    assert.deepEqual([...new Set(Object.values(left).flat())], []);
    assert.deepEqual(errors, []);
  });

  test("the language changes with the attribute, and the report does not", async () => {
    const { page } = await openKept(browser());
    await load(page, ["subscriptions.csv"]);
    const tabs = () => inside(page, (root) => [...root.querySelectorAll(".tabs button")].map((it) => it.textContent));
    const english = await exported(page);
    assert.ok((await tabs()).includes("Check"));
    await inLanguage(page, "de");
    assert.ok((await tabs()).includes("Prüfen"));
    await untilShown(page, ".card");
    const figures = await inside(page, (root) => [...root.querySelectorAll(".card .val b")].map((it) => it.textContent));
    assert.ok(figures.some((figure) => /^\d+,\d+\s%$/.test(figure)), figures.join());
    assert.equal(await exported(page), english, "the report is a contract");
    const { value: about } = await call(page, "kpis");
    assert.ok(about.some(({ name }) => name === "Customer churn rate"), "so is the catalogue");
    await inLanguage(page, "en");
    assert.ok((await tabs()).includes("Check"));
  });

  test("without an attribute that says so, the language is the browser's", async () => {
    const { page } = await openKept(browser(), (page) =>
      page.evaluateOnNewDocument(() => Object.defineProperty(Navigator.prototype, "language", { get: () => "de-AT" })),
    );
    assert.ok((await shown(page)).includes("Dateien wählen"));
  });

  test("a frozen page and a text are in the language of the page", async () => {
    const { page } = await openKept(browser());
    await inLanguage(page, "de");
    await load(page, ["subscriptions.csv", "nps_answers.csv"]);
    const made = (format) =>
      page.evaluate(async (format) => (await document.querySelector("kept-kpis").api(1).export(format)).text(), format);
    const frozen = await made("html");
    assert.match(frozen, /<html lang="de">/);
    const body = frozen.slice(frozen.indexOf("<body")).replace(/<(style|script)\b[\s\S]*?<\/\1>/g, "");
    const told = body.split(/<[^>]*>/).map((text) => text.replace(/\s+/g, " ").trim());
    assert.ok(told.filter(Boolean).length > 100, "there is something to read");
    assert.deepEqual(told.filter((text) => isEnglish(text) && !isLeft(text)), []);
    const lines = (await made("markdown")).split("\n");
    assert.deepEqual(lines.filter((text) => isEnglish(text) && !isLeft(text)), []);
  });
});
