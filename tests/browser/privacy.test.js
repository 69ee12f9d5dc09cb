// Nothing leaves the browser and nothing stays in it, in every form and every view.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import {
  call, dist, inEveryBrowser, keptHtml, openKept, openPage, root, serveHost, shownText, survey, untilReady, untilShown,
} from "./support.js";

const outside = (addresses) => addresses.filter((address) => !/^(blob|data):/.test(address));

/** Notes every call that would store something, go somewhere or open something. Runs in the browser. */
const watch = () => {
  window.noticed = [];
  addEventListener("securitypolicyviolation", ({ violatedDirective }) => window.noticed.push(violatedDirective));
  const noting = (owner, name, say) => {
    const real = owner?.[name];
    if (!real) return;
    owner[name] = function (...given) {
      window.noticed.push(say);
      return real.apply(this, given);
    };
  };
  noting(Storage.prototype, "setItem", "storage");
  noting(IDBFactory.prototype, "open", "indexedDB");
  noting(window.CacheStorage?.prototype, "open", "caches");
  noting(window.ServiceWorkerContainer?.prototype, "register", "service worker");
  noting(window.FileSystemHandle && StorageManager.prototype, "getDirectory", "private files");
  noting(History.prototype, "pushState", "history");
  noting(History.prototype, "replaceState", "history");
  noting(window, "open", "window");
  noting(Navigator.prototype, "sendBeacon", "beacon");
  const cookie = Object.getOwnPropertyDescriptor(Document.prototype, "cookie");
  Object.defineProperty(Document.prototype, "cookie", {
    ...cookie,
    set(text) {
      window.noticed.push("cookie");
      cookie.set.call(this, text);
    },
  });
  const storing = Object.getOwnPropertyDescriptor(Window.prototype, "localStorage") ?? Object.getOwnPropertyDescriptor(window, "localStorage");
  if (storing?.configurable) {
    Object.defineProperty(window, "localStorage", {
      get() {
        window.noticed.push("localStorage");
        return storing.get.call(window);
      },
    });
  }
};

/** What is in the browser's stores of this page, where it has any. Runs in the browser. */
const stored = async () => {
  try {
    const bases = (await indexedDB.databases?.()) ?? [];
    return Storage.prototype.key.call(sessionStorage, 0) ?? bases[0]?.name ?? document.cookie;
  } catch {
    return "";
  }
};

const CRM = `account id,account name,website,plan,mrr,started on
A1,Acme GmbH,acme.de,Team,1000,2024-01-10
A2,Globex Systems,globex.io,Pro,4000,2023-05-01
A3,Initech Inc.,initech.com,Team,500,2024-06-01
`;

/** Presses the first button with this text or in this selector; gives whether there is one. */
const press = (page, selector, text = "") =>
  page.evaluate(
    (selector, text) => {
      const found = [...document.querySelector("kept-kpis").shadowRoot.querySelectorAll(selector)];
      const button = found.find((it) => it.textContent.includes(text) && !it.disabled);
      button?.click();
      return button !== undefined;
    },
    selector,
    text,
  );

const breath = () => new Promise((resolve) => setTimeout(resolve, 150));

/** Everything that a reader does but saving: the tables, the choices, every page, every export. */
const journey = async (page, view) => {
  await call(page, "load", [
    { name: "survey.csv", content: survey() },
    { name: "crm.csv", content: CRM },
  ]);
  await untilShown(page, "article.card");
  await call(page, "update", { segment: "plan" });
  if (view === "app") {
    for (const tab of ["Data", "Check", "KPIs", "Accounts", "Rows", "Calculators", "KPIs"]) {
      assert.ok(await press(page, "nav.tabs button", tab), `there is a tab ${tab}`);
      await breath();
    }
    assert.ok(await press(page, "button", "Save and share"));
    await breath();
    assert.ok(await press(page, "nav.tabs button", "Accounts"));
    await untilShown(page, ".acc .one");
    assert.ok(await press(page, ".acc .one button, button.one, .acc button", ""));
    await breath();
    assert.ok(await press(page, "nav.tabs button", "KPIs"));
  }
  await untilShown(page, "article.card");
  assert.ok(await press(page, "article.card button.bare"));
  await breath();
  for (const format of ["json", "csv", "markdown", "html"]) await call(page, "export", format);
  await call(page, "export", "png", { kpi: "net_promoter_score" });
  await call(page, "rows", { table: "survey.csv" });
};

const elementPage = (view) =>
  `<!doctype html><kept-kpis view="${view}"></kept-kpis><script type="module" src="/kept/kept.js"></script>`;

/** Every form and view, as an address that the host or the folder has. */
const FORMS = [
  { says: "the single file from a folder", view: "app", at: () => keptHtml },
  { says: "the single file from a server", view: "app", at: (origin) => `${origin}/kept/kept.html` },
  { says: "the hosted page", view: "app", at: (origin) => `${origin}/kept/index.html` },
  ...["app", "cards", "card"].map((view) => ({
    says: `the element, view ${view}`,
    view,
    at: (origin) => `${origin}/${view}`,
  })),
];

inEveryBrowser((browser) => {
  for (const { says, view, at } of FORMS) {
    test(`${says}: no request, nothing stored, nowhere gone`, async () => {
      const host = await serveHost(Object.fromEntries(["app", "cards", "card"].map((view) => [`/${view}`, elementPage(view)])));
      const { page, errors, requests } = await openPage(browser(), at(host.origin), (page) => page.evaluateOnNewDocument(watch));
      await untilReady(page);
      const asked = requests.length;
      const address = page.url();
      const gone = [];
      page.on("framenavigated", (frame) => gone.push(frame.url()));
      await journey(page, view);
      assert.deepEqual(outside(requests.slice(asked)), []);
      assert.deepEqual(await page.evaluate(() => window.noticed), []);
      assert.deepEqual([gone, page.url()], [[], address]);
      assert.equal(await page.evaluate(stored), "");
      assert.deepEqual(errors, []);
      await page.close();
      host.close();
    });
  }

  test("the start page shows the policy in force, the programs' sums and the libraries", async () => {
    const { page } = await openKept(browser());
    await untilShown(page, ".here code");
    const text = await shownText(page);
    const policy = /Content-Security-Policy" content="([^"]*)"/.exec(await readFile(join(dist, "kept.html"), "utf8"))[1];
    assert.ok(text.includes(policy));
    const sums = (await readFile(join(dist, "SHA256SUMS"), "utf8")).split("\n").filter((line) => line.endsWith(".wasm"));
    assert.equal(sums.length, 2);
    for (const sum of sums) assert.ok(text.includes(sum), sum);
    for (const line of (await readFile(join(root, "www/parts.txt"), "utf8")).trim().split("\n")) assert.ok(text.includes(line), line);
    assert.match(text, /0 network requests since load/);
    await page.close();
  });

  test("what these tests watch for would be seen", async () => {
    const host = await serveHost({ "/": "<!doctype html><title>host</title>" });
    const { page, requests } = await openPage(browser(), `${host.origin}/`, (page) => page.evaluateOnNewDocument(watch));
    await page.evaluate(async () => {
      sessionStorage.setItem("cell", "1");
      document.cookie = "cell=1";
      history.pushState(null, "", "/cell");
      await fetch("/cell");
    });
    assert.deepEqual(await page.evaluate(() => window.noticed), ["storage", "cookie", "history"]);
    assert.equal(await page.evaluate(stored), "cell");
    assert.ok(outside(requests).some((address) => address.endsWith("/cell")));
    await page.close();
    host.close();
  });

  test("the page's own policy forbids connections", async () => {
    const { page } = await openKept(browser());
    const violations = await page.evaluate(async () => {
      const seen = [];
      document.addEventListener("securitypolicyviolation", (event) => seen.push(event.effectiveDirective));
      const tried = await fetch("https://example.org/").then(() => "sent", () => "blocked");
      await new Promise((resolve) => setTimeout(resolve, 50));
      return [tried, ...seen];
    });
    assert.deepEqual(violations, ["blocked", "connect-src"]);
    await page.close();
  });

  test("events hold no cell of the table", async () => {
    const { page } = await openKept(browser());
    await page.evaluate(() => {
      window.told = [];
      for (const name of ["ready", "progress", "report", "error"]) {
        document.addEventListener(`kept-${name}`, (event) => window.told.push(JSON.stringify(event.detail)));
      }
    });
    await call(page, "load", { name: "Secret customers.csv", content: survey() }, { segment: "plan" });
    const told = await page.evaluate(() => window.told);
    assert.ok(told.some((detail) => detail.includes("net_promoter_score")));
    for (const detail of told) assert.doesNotMatch(detail, /team|solo|Secret|recommend|C12/);
    await page.close();
  });

  test("it works in a sandboxed frame of no origin", async () => {
    const frame = '<!doctype html><iframe sandbox="allow-scripts" src="/kept/kept.html" width="800" height="600"></iframe>';
    const host = await serveHost({ "/": frame });
    const { page, errors } = await openPage(browser(), `${host.origin}/`);
    const inside = await page.waitForFrame((frame) => frame.url().endsWith("kept.html"));
    await inside.waitForFunction(() => document.querySelector("kept-kpis").api(1).kpis().length > 0);
    const read = await inside.evaluate(async (text) => {
      const report = await document.querySelector("kept-kpis").api(1).load(text);
      return report.tables[0].rows.read;
    }, survey());
    assert.equal(read, 300);
    assert.equal(await inside.evaluate(() => window.origin), "null");
    assert.deepEqual(errors, []);
    await page.close();
    await host.close();
  });
});
