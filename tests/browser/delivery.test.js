// The delivery matrix: every form in every place works, or says on the page why not and what to do
// instead. `UPDATE=1 node --test tests/browser/delivery.test.js` writes www/docs/delivery.md.

import assert from "node:assert/strict";
import { copyFile, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { FORMS, PLACES, sentences, tableOf } from "./places.js";
import { dist, root, serveHost, survey, withFolder } from "./support.js";
import { inEveryEngine, untilSeen } from "./windows.js";

const page = join(root, "www/docs/delivery.md");

/** What one sees of the element: that it is ready, or a sentence. Runs in the browser. */
const looked = () => {
  const element = document.querySelector("kept-kpis");
  const inner = element?.shadowRoot;
  const seen = (part) =>
    part && part.getClientRects().length > 0 && getComputedStyle(part).visibility === "visible" ? part.textContent : null;
  const failure = seen(inner?.querySelector(".kept-start-failure"));
  const late = inner ? null : seen(element?.querySelector("p"));
  if (failure || late) return { said: failure || late };
  return inner?.querySelector("#paste") && element.api(1).kpis().length > 0 ? { ready: true } : null;
};

/** Pastes as a person does. Runs in the browser. */
const pasted = (text) => {
  const inner = document.querySelector("kept-kpis").shadowRoot;
  inner.querySelector("#paste").value = text;
  inner.querySelector(".paste button").click();
};

/** The sentence with the figure, once it is shown. Runs in the browser. */
const figure = () =>
  /Net promoter score is \S+/.exec(document.querySelector("kept-kpis").shadowRoot.textContent)?.[0];

/** What becomes of Kept in this window: `works`, or the code of the sentence that one sees. */
const outcome = async (window, frame) => {
  const seen = await untilSeen(window, frame, looked);
  if (seen.said) {
    const [code] = Object.entries(sentences).find(([, sentence]) => seen.said.startsWith(sentence)) ?? [];
    assert.ok(code, `a sentence that nobody knows: ${seen.said}`);
    return code;
  }
  await window.look(frame, pasted, survey());
  assert.equal(await untilSeen(window, frame, figure), "Net promoter score is 28.0,");
  return "works";
};

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
            return outcome(window, place.around?.(form, address) ? "iframe" : null);
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
