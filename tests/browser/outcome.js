// What becomes of Kept in a place: a figure from pasted text, or a sentence.

import assert from "node:assert/strict";
import { sentences } from "./places.js";
import { survey } from "./support.js";
import { untilSeen } from "./windows.js";

/**
 * Asked of the element: `look` whether it is ready or says a sentence, `paste` as a person does,
 * `figure` once there is one. Runs in the browser.
 */
const asked = (what, text) => {
  // Some hosts show pages in a shadow root of their own.
  const holders = [document, ...[...document.querySelectorAll("*")].map((it) => it.shadowRoot)];
  const element = holders.map((it) => it?.querySelector("kept-kpis")).find(Boolean);
  const inner = element?.shadowRoot;
  const seen = (part) =>
    part && part.getClientRects().length > 0 && getComputedStyle(part).visibility === "visible" ? part.textContent : null;
  switch (what) {
    case "look": {
      const said = seen(inner?.querySelector(".kept-start-failure")) ?? (inner ? null : seen(element?.querySelector("p")));
      if (said) return { said };
      return inner?.querySelector("#paste") && element.api(1).kpis().length > 0 ? { ready: true } : null;
    }
    case "paste":
      inner.querySelector("#paste").value = text;
      inner.querySelector(".paste button").click();
      return true;
    default:
      return /Net promoter score is \S+/.exec(inner.textContent)?.[0];
  }
};

/** `works`, or the code of the sentence that one sees, in this frame of the window. */
export const outcome = async (window, frame) => {
  const { said } = await untilSeen(window, frame, asked, "look");
  if (said) {
    const [code] = Object.entries(sentences).find(([, sentence]) => said.startsWith(sentence)) ?? [];
    assert.ok(code, `a sentence that nobody knows: ${said}`);
    return code;
  }
  await window.look(frame, asked, "paste", survey());
  assert.equal(await untilSeen(window, frame, asked, "figure"), "Net promoter score is 28.0,");
  return "works";
};
