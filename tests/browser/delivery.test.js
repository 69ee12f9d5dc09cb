// The delivery matrix: every form in every place works, or says on the page why not and what to do
// instead. `UPDATE=1 node --test tests/browser/delivery.test.js` writes www/docs/delivery.md.

import assert from "node:assert/strict";
import { copyFile, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { outcome } from "./outcome.js";
import { FORMS, PLACES, tableOf } from "./places.js";
import { dist, root, serveHost, withFolder } from "./support.js";
import { inEveryEngine } from "./windows.js";

const page = join(root, "www/docs/delivery.md");

/** Runs `work(address)` with the place set up for this form. */
const inPlace = async (form, place, work) => {
  if (place.file) {
    return withFolder(async (folder) => {
      for (const name of await readdir(dist)) {
        await copyFile(join(dist, name), join(folder, name));
      }
      await writeFile(join(folder, "element.html"), FORMS[form].page(""));
      return work(pathToFileURL(join(folder, FORMS[form].file)).href);
    });
  }
  const under = place.under ?? "/kept/";
  const self = { [`${under}element.html`]: FORMS[form].page("") };
  const kept = await serveHost(self, { under, headers: place.sent?.(form) ?? {} });
  const address = `${kept.origin}${under}${FORMS[form].file}`;
  const around = place.around?.(form, address);
  const host = around ? await serveHost({ "/": around }) : null;
  try {
    return await work(host ? `${host.origin}/` : address);
  } finally {
    kept.close();
    host?.close();
  }
};

const found = {};

inEveryEngine((newWindow, name) => {
  found[name] = {};
  for (const [id, place] of Object.entries(PLACES)) {
    for (const form of Object.keys(FORMS)) {
      if (place.forms && !place.forms.includes(form)) continue;
      test(`${form}: ${place.says}`, async () => {
        const window = await newWindow();
        try {
          found[name][`${id} ${form}`] = await inPlace(form, place, async (address) => {
            await window.open(address);
            return outcome(window, place.around?.(form, address) ? ["iframe"] : []);
          });
        } finally {
          await window.close();
        }
      });
    }
  }
});

test("the table in the documentation is what was found", async () => {
  const written = await readFile(page, "utf8").catch(() => "");
  const all = tableOf(found, written);
  if (process.env.UPDATE) await writeFile(page, all);
  else assert.equal(all, written, "run this test with UPDATE=1 and read the difference");
});
