// What the browser tests share: the two browsers, a page with kept.html, small invented tables.

import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { dirname, extname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { after, before, describe } from "node:test";
import { promisify } from "node:util";
import puppeteer from "puppeteer-core";

export const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
/** The files under test; `KEPT_DIST` names others. */
export const dist = process.env.KEPT_DIST ?? join(root, "dist");
export const keptHtml = pathToFileURL(join(dist, "kept.html")).href;

const sharedData = join(root, "../shared/data");

/** A file of the shared data, or null where they are not there. */
export const realTable = (path) => {
  const whole = join(sharedData, path);
  return existsSync(whole) ? whole : null;
};

/** Folders of the shared data that hold tables; the others hold answers and texts that are no tables. */
const REAL = ["survey", "tickets", "subscriptions", "churn", "transactions", "events", "operations"];

/** The paths of all real tables; none where the shared data are not there. */
export const realTables = async () => {
  const found = [];
  for (const folder of REAL.map((name) => join(sharedData, name)).filter(existsSync)) {
    for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
      if (entry.isFile() && /\.(csv|txt)$/.test(entry.name)) found.push(join(entry.parentPath, entry.name));
    }
  }
  return found.sort();
};

const QUIET = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

// Both block windows that open by themselves, as they do for everyone else.
export const BROWSERS = {
  Chromium: {
    browser: "chrome",
    executablePath: "/usr/bin/chromium",
    args: QUIET,
    ignoreDefaultArgs: ["--disable-popup-blocking"],
  },
  Firefox: {
    browser: "firefox",
    executablePath: "/usr/bin/firefox-esr",
    extraPrefsFirefox: { "dom.disable_open_during_load": true },
  },
};

export const launch = (name) =>
  puppeteer.launch({ headless: true, protocolTimeout: 240_000, ...BROWSERS[name] });

/** A page that opened `address` and tells what went over the network and what went wrong. */
export const openPage = async (browser, address, before = () => {}) => {
  const page = await browser.newPage();
  const errors = [];
  const requests = [];
  page.on("pageerror", (error) => errors.push(String(error.message ?? error)));
  page.on("console", (message) => {
    if (message.type() === "error") errors.push(message.text());
  });
  page.on("request", (request) => requests.push(request.url()));
  // The tests need a hold on the workers, to lose one as a browser out of memory would.
  await page.evaluateOnNewDocument(() => {
    window.startedWorkers = [];
    window.Worker = class extends Worker {
      constructor(...given) {
        super(...given);
        window.startedWorkers.push(this);
      }
    };
  });
  await before(page);
  await page.goto(address);
  return { page, errors, requests };
};

/** As `openPage`, with kept.html, once its element is ready. */
export const openKept = async (browser, before) => {
  const opened = await openPage(browser, keptHtml, before);
  await untilReady(opened.page);
  return opened;
};

export const untilReady = (page) =>
  page.waitForFunction(() => document.querySelector("kept-kpis").api(1).kpis().length > 0);

/** Calls the API on the page; a rejection comes back as its code, message and hint. */
export const call = (page, method, ...given) =>
  page.evaluate(
    async (method, given) => {
      try {
        return { value: await document.querySelector("kept-kpis").api(1)[method](...given) };
      } catch ({ code, message, hint }) {
        return { code, message, hint };
      }
    },
    method,
    given,
  );

/** The text that a reader of the page sees. */
export const shownText = (page) =>
  page.evaluate(() => document.querySelector("kept-kpis").shadowRoot.textContent);

/** The exported report, as text. */
export const exported = (page) =>
  page.evaluate(async () => (await document.querySelector("kept-kpis").api(1).export("json")).text());

/** Puts a file from the disk into an input of the test's own and gives a handle to the input. */
export const chosenFile = async (page, path) => {
  const handle = await page.evaluateHandle(() => {
    const input = document.createElement("input");
    input.type = "file";
    document.body.append(input);
    return input;
  });
  await handle.asElement().uploadFile(path);
  return handle;
};

/** Runs `work` with a folder that is gone afterwards. */
export const withFolder = async (work) => {
  const folder = await mkdtemp(join(tmpdir(), "kept-"));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

/** What the engine says natively of a table with this name, text and options. */
export const nativeReport = (name, text, options = {}) =>
  withFolder(async (folder) => {
    const path = join(folder, name);
    await writeFile(path, text);
    const { stdout } = await promisify(execFile)(
      "cargo",
      ["run", "--quiet", "--locked", "--bin", "kept", "--", "report", path, "--options", JSON.stringify(options)],
      { cwd: root, maxBuffer: 64_000_000 },
    ).catch((ended) => {
      // A report of which every figure is refused is a report.
      if (ended.code === 1 && ended.stdout) return ended;
      throw ended;
    });
    return stdout;
  });

/** An invented survey: `count` answers over half a year, two plans. */
export const survey = (count = 300) => {
  const lines = ["response_id,customer,plan,responded_at,How likely are you to recommend us? (0-10)"];
  for (let index = 0; index < count; index += 1) {
    const month = String(1 + (index % 6)).padStart(2, "0");
    const day = String(1 + (index % 28)).padStart(2, "0");
    const plan = index % 3 === 0 ? "team" : "solo";
    const score = [10, 9, 9, 8, 7, 10, 3, 9, 6, 10, 0][index % 11];
    lines.push(`R${index},C${index % 90},${plan},2025-${month}-${day},${score}`);
  }
  return `${lines.join("\n")}\n`;
};

/**
 * Waits until the element shows `selector`. Puppeteer's own wait looks again when the document
 * changes, and a document does not tell of changes in a shadow root; so this looks in every frame.
 */
export const untilShown = (page, selector) =>
  page.waitForFunction(
    (selector) => document.querySelector("kept-kpis")?.shadowRoot?.querySelector(selector),
    { polling: "raf" },
    selector,
  );

/** Declares the tests of `declare(browser)` once for every browser; `browser()` gives it. */
export const inEveryBrowser = (declare) => {
  for (const name of Object.keys(BROWSERS)) {
    describe(name, { concurrency: 1 }, () => {
      let browser = null;
      before(async () => {
        browser = await launch(name);
      });
      after(() => browser?.close());
      declare(() => browser, name);
    });
  }
};

/** The kinds of files that a static server must tell. */
export const TYPES = { ".html": "text/html", ".js": "text/javascript", ".wasm": "application/wasm", ".csv": "text/csv" };

/**
 * Serves dist/ below `under`, and `pages` (path → text, or { text, headers }) at the top, as a wiki
 * would that holds us; `headers` are sent with everything.
 */
export const serveHost = async (pages, { under = "/kept/", headers: always = {} } = {}) => {
  const server = createServer(async (request, response) => {
    const path = new URL(request.url, "http://host").pathname;
    const type = { "content-type": TYPES[extname(path)] ?? "text/html" };
    try {
      const page = path === "/favicon.ico" ? { text: "" } : pages[path];
      const { text, headers } = typeof page === "string" ? { text: page } : (page ?? {});
      if (text === undefined && !path.startsWith(under)) throw new Error("there is no such page");
      const body = text ?? (await readFile(join(dist, path.slice(under.length))));
      response.writeHead(200, { ...type, ...always, ...headers }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  // A test that fails must not keep the run from ending.
  server.unref();
  const origin = `http://127.0.0.1:${server.address().port}`;
  return { origin, close: () => server.closeAllConnections() };
};
