// One way to look into a window of any browser, for what must hold in all three.

import { after, before, describe } from "node:test";
import { BROWSERS, launch } from "./support.js";
import { hasWebKit, launchWebKit } from "./webkit.js";

/**
 * A window of puppeteer's: `open(address)`; `look(frames, work, ...given)` runs `work` in the frame
 * to which the selectors lead, or in the page where there are none; `close()`.
 */
const windowOf = async (browser) => {
  const page = await browser.newPage();
  return {
    open: (address) => page.goto(address),
    look: async (frames, work, ...given) => {
      let place = page;
      for (const selector of frames) place = await (await place.$(selector)).contentFrame();
      return place.evaluate(work, ...given);
    },
    close: () => page.close(),
  };
};

/** Declares the tests of `declare(newWindow, name)` for every engine that is there. */
export const inEveryEngine = (declare) => {
  inTwoEngines(declare);
  describe("WebKitGTK", { concurrency: 1, skip: hasWebKit() ? false : "webkit2gtk-driver and xvfb are not installed" }, () => {
    let session = null;
    before(async () => {
      session = await launchWebKit();
    });
    after(async () => {
      await session?.quit().catch(() => {});
      session?.end();
    });
    declare(() => session, "WebKitGTK");
  });
};

/** As `inEveryEngine`, in Chromium and Firefox only. */
export const inTwoEngines = (declare) => {
  for (const name of Object.keys(BROWSERS)) {
    describe(name, { concurrency: 1 }, () => {
      let browser = null;
      before(async () => {
        browser = await launch(name);
      });
      after(() => browser?.close());
      declare(() => windowOf(browser), name);
    });
  }
};

const FIRST_LOOK_MS = 50;

/** Looks again and again until `work` gives something; frames may still be loading. */
export const untilSeen = async (window, frames, work, ...given) => {
  const until = Date.now() + 90_000;
  for (let pause = FIRST_LOOK_MS; ; pause = Math.min(pause * 1.5, 500)) {
    const seen = await window.look(frames, work, ...given).catch((error) => ({ error }));
    if (seen && !seen.error) return seen;
    if (Date.now() > until) throw seen?.error ?? new Error(`nothing was seen of ${work}`);
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
};
