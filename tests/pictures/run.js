// Pictures of every view, called by `cargo xtask pictures`: light, dark, on a phone's width and in
// print, written to the folder that is named; `KEPT_LANG=de` shows them in German. Says what is cut off or stands beyond the page's edge.

import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { launch, openKept } from "../browser/support.js";
import { LANGUAGE, VIEWS, drawn, inside } from "../browser/views.js";

const [folder, ...wanted] = process.argv.slice(2);
const FORMS = [
  { form: "light", width: 1280, theme: "light" },
  { form: "dark", width: 1280, theme: "dark" },
  { form: "phone", width: 360, theme: "light" },
  { form: "print", width: 794, theme: "light", print: true },
];

/** What is wider than its box, and whether the page scrolls sideways. */
const cutOff = (page) =>
  inside(page, (root) => {
    const found = [...root.querySelectorAll("main *, .frame *")]
      .filter((it) => it.clientWidth > 0 && it.scrollWidth > it.clientWidth + 1)
      // What only a screen reader reads is cut off on purpose.
      .filter((it) => !it.closest("thead") || getComputedStyle(it.closest("thead")).clipPath === "none")
      .filter((it) => getComputedStyle(it).overflowX === "visible" && getComputedStyle(it).display !== "inline")
      .map((it) => `${it.tagName.toLowerCase()}.${it.className} “${it.textContent.trim().slice(0, 40)}”`);
    if (document.documentElement.scrollWidth > innerWidth) found.unshift("the page scrolls sideways");
    return found;
  });

/** Nothing stays at the edge of the window: a picture of the whole page has no window. */
const unpinned = (page) =>
  inside(page, (root) => {
    for (const it of root.querySelectorAll("*")) {
      if (["sticky", "fixed"].includes(getComputedStyle(it).position)) it.style.position = "static";
    }
  });

await mkdir(folder, { recursive: true });
const browser = await launch("Chromium");
let faults = 0;
try {
  for (const [view, lead] of VIEWS) {
    if (wanted.length > 0 && !wanted.includes(view)) continue;
    const { page } = await openKept(browser, (page) => page.setViewport({ width: 1280, height: 900 }));
    await page.evaluate((lang) => (document.querySelector("kept-kpis").lang = lang), LANGUAGE);
    await drawn(page);
    await lead(page);
    await unpinned(page);
    for (const { form, width, theme, print } of FORMS) {
      await page.setViewport({ width, height: 900 });
      await page.evaluate((theme) => document.querySelector("kept-kpis").setAttribute("theme", theme), theme);
      await page.emulateMediaType(print ? "print" : "screen");
      await drawn(page);
      await page.screenshot({ path: join(folder, `${view}-${form}.png`), fullPage: true });
      for (const fault of await cutOff(page)) {
        faults += 1;
        console.log(`${view}, ${form}: ${fault}`);
      }
    }
    await page.close();
  }
} finally {
  await browser.close();
}
console.log(`Pictures are in ${folder}. ${faults} places are cut off.`);
process.exitCode = faults > 0 ? 1 : 0;
