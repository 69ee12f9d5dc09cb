// WCAG 2.2 AA as far as a program can tell, in every view, light and dark.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { inEveryBrowser, openKept, root } from "./support.js";
import { VIEWS, drawn, inside, openAll } from "./views.js";

const axe = await readFile(join(root, "node_modules/axe-core/axe.min.js"), "utf8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** What axe finds, one line each. */
const violations = async (page) => {
  await page.evaluate(axe);
  return page.evaluate(async (tags) => {
    const { violations } = await window.axe.run(document, { runOnly: { type: "tag", values: tags }, resultTypes: ["violations"] });
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, html, any }) => `${id}: ${target.flat().join(" ")} ${html.slice(0, 120)} ${any[0]?.message ?? ""}`),
    );
  }, TAGS);
};

inEveryBrowser((browser, name) => {
  for (const [view, lead] of VIEWS) {
    test(`${view} breaks no rule of access`, { timeout: 120_000 }, async () => {
      const { page, errors } = await openKept(browser(), (page) => page.setViewport({ width: 1280, height: 900 }));
      await lead(page);
      await openAll(page);
      const title = await inside(page, (root) => root.querySelector("h1").textContent);
      // The element's attribute chooses, as Firefox's driver cannot.
      for (const theme of ["light", "dark"]) {
        await page.evaluate((theme) => document.querySelector("kept-kpis").setAttribute("theme", theme), theme);
        await drawn(page);
        assert.equal(await inside(page, (root) => root.querySelector("h1").textContent), title, "the view stays");
        assert.deepEqual(await violations(page), [], `${view}, ${theme}, ${name}`);
      }
      assert.deepEqual(errors, []);
      await page.close();
    });
  }
});
