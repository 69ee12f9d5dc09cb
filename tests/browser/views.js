// Every view of the page, with invented tables in it: for tests and pictures that look at all of them.

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { root, untilShown } from "./support.js";

/** Calls `work(shadow root, ...given)` on the page. */
export const inside = (page, work, ...given) =>
  page.evaluate(`(${work})(document.querySelector("kept-kpis").shadowRoot, ...${JSON.stringify(given)})`);

/** The language of the page, where another than English is asked for by `KEPT_LANG`. */
export const LANGUAGE = process.env.KEPT_LANG ?? "en";
const catalogue =
  LANGUAGE === "en" ? "" : await readFile(join(root, `src/present/languages/${LANGUAGE}.po`), "utf8");
const said = new Map(
  [...catalogue.matchAll(/^msgid "(.*)"\nmsgstr "(.*)"$/gm)].map(([, key, told]) => [key, told].map((it) => JSON.parse(`"${it}"`))),
);

/** Presses the first button whose words begin so, in the language of the page. */
export const press = async (page, words) => {
  const pressed = await inside(
    page,
    (root, words) => {
      const buttons = [...root.querySelectorAll("button, a[href]")];
      const button = buttons.find((it) => it.textContent.trim() === words) ?? buttons.find((it) => it.textContent.trim().startsWith(words));
      button?.click();
      return Boolean(button);
    },
    said.get(words) ?? words,
  );
  if (!pressed) throw new Error(`no button says ${words}`);
};

/** Two frames: what was changed is drawn. */
export const drawn = (page) =>
  page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve, 60)))));

const load = async (page, names, options) => {
  const files = [];
  for (const name of names) files.push({ name, content: await readFile(join(root, "www/samples", name), "utf8") });
  await page.evaluate((files, options) => document.querySelector("kept-kpis").api(1).load(files, options), files, options ?? {});
  await untilShown(page, "nav.tabs");
};

const COMPANY = ["customers.csv", "relationship_survey.csv", "tickets.csv", "events.csv", "subscriptions.csv", "spending.csv"];
const SHOP = ["orders.csv", "shop_funnel.csv", "shop_reviews.csv"];

const kpi = (files, name) => async (page) => {
  await load(page, files);
  await press(page, name);
  await untilShown(page, "main h1");
};

const tab = (files, name, further) => async (page) => {
  await load(page, files);
  await press(page, name);
  await drawn(page);
  if (further) await further(page);
};

/** Name → what leads from a fresh page to the view. */
export const VIEWS = new Map([
  ["start", async () => {}],
  ["check", tab(COMPANY, "Check")],
  ["dashboard", tab(COMPANY, "KPIs")],
  ["shop", tab(SHOP, "KPIs")],
  ["split", async (page) => load(page, ["subscriptions.csv"], { segment: "plan" })],
  ["kpi-nps", kpi(COMPANY, "Net promoter score")],
  ["kpi-churn", kpi(COMPANY, "Customer churn rate")],
  ["kpi-revenue", kpi(COMPANY, "Net new recurring revenue")],
  ["kpi-retention", kpi(COMPANY, "Customer retention rate")],
  ["kpi-response", kpi(COMPANY, "First response time")],
  ["kpi-health", kpi(COMPANY, "Customer health score")],
  ["kpi-value", kpi(COMPANY, "Customer lifetime value")],
  ["accounts", tab(COMPANY, "Accounts", (page) => untilShown(page, ".acc .one"))],
  [
    "account",
    tab(COMPANY, "Accounts", async (page) => {
      await untilShown(page, ".acc .one button");
      await inside(page, (root) => root.querySelector(".acc .one button").click());
      await page.waitForFunction(() => document.querySelector("kept-kpis").shadowRoot.querySelector("main h1"), { polling: "raf" });
    }),
  ],
  ["rows", tab(COMPANY, "Rows")],
  ["calculators", tab(COMPANY, "Calculators")],
  ["share", tab(COMPANY, "Save and share")],
]);

/** Opens everything that opens on demand. */
export const openAll = (page) =>
  inside(page, (root) => {
    for (const details of root.querySelectorAll("details")) details.open = true;
  });
