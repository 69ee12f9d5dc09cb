// <kept-kpis>: the element and its JavaScript API. Everything it does is done in Rust
// (src/web/embed); here are only the class, the promises and the events.
//
// `cargo xtask bundle` sets this file and carried.js into a function, KEPT(form)
// (xtask/src/bundle.rs), which gives them
//   PAGE()          the page's wasm-bindgen glue, a fresh one at every call
//   WORKER()        the worker's
//   STYLES          the text of www/style.css
//   SUMS            lines of SHA256SUMS: the two compiled programs
//   SAID            by language, what the English sentences of this file are in it
//   form            hosted_form.js or single_form.js: a function of the tools below
// The function can be written out as text, so that every form can make a copy of the single file.

const FAILURES = {
  wasm_missing: [
    "This browser has WebAssembly switched off, and Kept computes with it.",
    "Allow it for this page: in Edge under “Enhance your security on the web”, on Apple devices in Lockdown Mode. Or open the page in another browser.",
  ],
  wasm_blocked: [
    "The page that holds Kept forbids WebAssembly.",
    "Its Content-Security-Policy needs 'wasm-unsafe-eval' in script-src. Or put Kept into an iframe, or download kept.html and open it.",
  ],
  wasm_not_found: [
    "A part of Kept was not found beside its script.",
    "Copy all files of the release into one folder, also those that end in .wasm.",
  ],
  wasm_download_failed: [
    "A part of Kept could not be downloaded.",
    "Check the connection and reload. If the files are on another server, it must send Access-Control-Allow-Origin.",
  ],
  wasm_invalid: [
    "A part of Kept cannot be used by this browser: it is damaged, or the browser is too old.",
    "Reload without the cache. If that does not help, use a current Firefox, Chrome, Edge or Safari.",
  ],
  file_protocol: [
    "This form of Kept cannot run from a folder, only from a server.",
    "Open kept.html instead: it is the same program in one file.",
  ],
  browser_too_old: [
    "This browser is too old for Kept.",
    "Use a current Firefox, Chrome, Edge or Safari.",
  ],
  start_failed: [
    "Kept could not start.",
    "Reload the page. If it happens again, use another browser.",
  ],
  page_failed: [
    "Something in Kept went wrong, and this part of the page stopped.",
    "Reload the page and load the table again. Please report what you did before.",
  ],
  destroyed: ["This element was taken off the page.", "Create another one."],
  export_unsupported: ["This version of Kept cannot export that.", 'The formats are json, csv, markdown, html, svg, png and sql.'],
  query_invalid: ["The query cannot be used: it must be an object.", "Give { table } at least, or { kpi, terms } to calculate."],
  nothing_loaded: ["There is no report yet.", "Load a table first."],
  not_whole: [
    "This copy of Kept was changed by another tool and cannot write itself into a file.",
    "Open kept.html, load the tables there, and save from it.",
  ],
  tables_too_large: [
    "The tables are too large for one HTML file: more than 300 MB when packed.",
    "Pass on the tables and the recipe as files, or the figures without rows.",
  ],
  carried_damaged: ["The tables in this file cannot be read: it is damaged.", "Ask for the file again."],
  file_unreadable: [
    "A loaded file can no longer be read.",
    "Load it again; it was changed, moved or deleted after it was chosen.",
  ],
  input_invalid: [
    "An input is neither a text, a File, a Blob, an ArrayBuffer nor { name, content }.",
    "Give one of these.",
  ],
  options_invalid: ["The options cannot be used: they must be an object.", "Give an object, or nothing."],
  api_unknown: ["Kept knows version 1 of its API.", "Call api(1)."],
  src_unreachable: [
    "A table or recipe named by an attribute could not be fetched.",
    "Check the address, and that its server allows this page to read it.",
  ],
};

/** An Error with a stable `code`, and a `hint` that says what to do. */
const failure = (code, more = "") => {
  const [message, hint] = FAILURES[code];
  return Object.assign(new Error(more ? `${message} ${more}` : message), { code, hint });
};

/** What a program of ours is not compiled or started for: the host's policy, or else `otherwise`. */
const refused = (error, otherwise) =>
  /content security policy|unsafe-eval|blocked by csp/i.test(String(error)) ? failure("wasm_blocked") : otherwise;

const compiledFromBytes = async (bytes) => {
  if (typeof WebAssembly === "undefined") throw failure("wasm_missing");
  try {
    return await WebAssembly.compile(bytes);
  } catch (error) {
    throw refused(error, failure("wasm_invalid"));
  }
};

// ---- what differs between the hosted form and the single file ----
//   carries          whether the page may hold tables of its own
//   compiled(name)   a promise of the compiled program, `page` or `worker`
//   singleFile()     a promise of kept.html, as what stands before and after the tables

const { carries, compiled, singleFile } = form({
  failure,
  compiledFromBytes,
  packed: (blob) => packed(blob),
  unpacked: (text) => unpacked(text),
});

// ---- the two programs ----

let program = null;
const elements = new Set();

/** The page's program: one for all elements of this script. */
const page = () => (program ??= startPage().catch((error) => { program = null; throw error; }));

const startPage = async () => {
  if (typeof WebAssembly === "undefined") throw failure("wasm_missing");
  const module = await compiled("page");
  const glue = PAGE();
  // WebKit compiles whatever the policy says and asks it only here.
  await glue({ module_or_path: module }).catch((error) => { throw refused(error, error); });
  glue.on_panic(() => {
    program = null;
    for (const element of elements) element.fail(failure("page_failed"));
  });
  return glue;
};

// The first message brings the compiled program, the port to serve and something to read: on a
// page from a folder WebKit's workers can read no file, and then the page computes itself. What
// goes wrong is thrown again outside the promise, so that it reaches the page as an error of the
// worker.
const workerScript = () => `const glue = (${WORKER})();
onmessage = ({ data: { module, port, sample } }) => {
  onmessage = null;
  Promise.all([glue({ module_or_path: module }), sample.arrayBuffer()])
    .then(() => glue.serve(port), (error) => setTimeout(() => { throw error; }));
};`;

let workerAddress = null;

/** The worker's address as a page wants it that takes no plain text for it (Trusted Types). */
const trustedAddress = () => {
  const address = URL.createObjectURL(new Blob([workerScript()], { type: "text/javascript" }));
  try {
    const policy = globalThis.trustedTypes?.createPolicy("kept", {
      createScriptURL: (asked) => {
        if (asked !== address) throw new TypeError("Kept starts one script, its own.");
        return asked;
      },
    });
    return policy?.createScriptURL(address) ?? address;
  } catch {
    // The page does not name our policy. Where it insists on one, the start of the worker fails,
    // and the page computes itself.
    return address;
  }
};

const startWorker = async (port) => {
  const module = await compiled("worker");
  workerAddress ??= trustedAddress();
  const worker = new Worker(workerAddress, { name: "kept" });
  worker.postMessage({ module, port, sample: new Blob(["."]) }, [port]);
  return worker;
};

const serveOnPage = async (port) => {
  const module = await compiled("worker");
  const glue = WORKER();
  await glue({ module_or_path: module });
  glue.serve(port);
};

// ---- values on their way in and out ----

const inputFrom = (given) => {
  if (typeof given === "string") return { name: "pasted", blob: new Blob([given]) };
  if (given instanceof Blob) return { name: given.name ?? "pasted", blob: given };
  if (given instanceof ArrayBuffer || ArrayBuffer.isView(given)) {
    return { name: "pasted", blob: new Blob([given]) };
  }
  if (given && typeof given === "object" && "content" in given) {
    const name = given.name === undefined ? undefined : String(given.name);
    const input = inputFrom(given.content);
    return { name: name ?? input.name, blob: input.blob };
  }
  throw failure("input_invalid");
};

const optionsText = (options) => {
  if (options === undefined || options === null) return undefined;
  if (typeof options !== "object" || Array.isArray(options)) throw failure("options_invalid");
  return JSON.stringify(options);
};

/** What a host page may know of a report: counts, ids, codes and results, never a cell. */
const publicReport = (report) => ({
  as_of: report.as_of,
  tables: report.tables.map(({ kind, rows }) => ({ kind, read: rows.read, used: rows.used })),
  findings: report.findings.map((finding) => ({
    kpi: finding.kpi,
    variant: finding.variant,
    status: finding.status,
    refusal: finding.refusal?.code ?? null,
    unit: finding.unit,
    value: finding.value,
    n: finding.n,
    interval: finding.interval,
    period: finding.period,
  })),
  notes: report.notes.map(({ code, count }) => ({ code, count })),
});

const fetched = async (address) => {
  let response;
  try {
    response = await fetch(address);
  } catch {
    throw failure("src_unreachable");
  }
  if (!response.ok) throw failure("src_unreachable", `The server answered ${response.status}.`);
  return response;
};

/** The table at an address that an attribute names. */
const inputAt = async (address) => {
  const absolute = new URL(address, document.baseURI);
  return { name: fileName(absolute), content: await (await fetched(absolute)).blob() };
};

/** The formats of `export`, each with the kind of its file. */
const EXPORTED = {
  json: "application/json",
  csv: "text/csv;charset=utf-8",
  markdown: "text/markdown;charset=utf-8",
  html: "text/html;charset=utf-8",
  svg: "image/svg+xml",
  png: "image/png",
  sql: "application/sql",
};

const fileName = (address) => decodeURIComponent(address.pathname.split("/").pop()) || "table";

// ---- the element ----

let styles = null;
const styleSheet = () => {
  if (!styles) {
    styles = new CSSStyleSheet();
    styles.replaceSync(STYLES);
  }
  return styles;
};

class KeptKpis extends HTMLElement {
  static observedAttributes = ["src", "recipe", "kpis", "view", "theme", "lang", "locale"];

  #started = null; // a promise of the Rust side of this element
  #inner = null; // the Rust side itself, once it is there
  #api = null;
  #carried = null; // tables and recipe that the page itself holds
  #ended = false; // by api.destroy(), until it is put into a page again
  #measuring = null; // tells the page around a frame how high this element is
  #stale = new Set(); // names of attributes that changed since they were last taken over

  constructor() {
    super();
    this.attachShadow({ mode: "open" });
    this.shadowRoot.adoptedStyleSheets = [styleSheet()];
  }

  connectedCallback() {
    this.#ended = false;
    this.#start().then(() => this.#takeOver(["src"]), (error) => this.fail(error));
  }

  disconnectedCallback() {
    // An element that is moved is disconnected and connected again in the same breath.
    queueMicrotask(() => {
      if (!this.isConnected) this.#destroy();
    });
  }

  attributeChangedCallback(name, before, now) {
    if (!this.#started || before === now) return;
    if (this.#stale.size === 0) {
      queueMicrotask(() => {
        const names = [...this.#stale];
        this.#stale.clear();
        this.#started?.then(() => this.#takeOver(names)).catch((error) => this.#dispatchError(error));
      });
    }
    this.#stale.add(name);
  }

  /** The API in the version a page was written for. */
  api(version) {
    if (version !== 1) throw failure("api_unknown");
    this.#api ??= Object.freeze({
      load: (input, options) => this.#load(input, options),
      update: (options) => this.#ask((inner) => inner.update(optionsText(options))),
      report: () => JSON.parse(this.#inner?.report() ?? "null"),
      kpis: () => JSON.parse(this.#inner?.kpis() ?? "[]"),
      recipe: () => JSON.parse(this.#inner?.recipe() ?? '{"recipe":1,"options":{}}'),
      rows: (query) => this.#rows(query),
      accounts: (query = {}) => this.#accounts(query),
      account: (id, { suppose = {} } = {}) =>
        this.#ask((inner) => inner.account(JSON.stringify({ customer: String(id), suppose }))),
      backtest: (query = {}) => this.#ask((inner) => inner.backtest(JSON.stringify(query))),
      calculate: (query) => this.#calculate(query),
      export: (format, what) => this.#export(format, what),
      cancel: () => this.#inner?.cancel(),
      destroy: () => {
        this.#ended = true;
        this.#destroy();
      },
    });
    return this.#api;
  }

  async #load(input, options) {
    const inputs = (Array.isArray(input) ? input : [input]).map(inputFrom);
    return this.#ask((inner) => inner.load(inputs, optionsText(options)));
  }

  async #ask(question) {
    if (this.#ended) throw failure("destroyed");
    const inner = await this.#start();
    return JSON.parse(await question(inner));
  }

  async #accounts(query) {
    return this.#ask((inner) => inner.accounts(JSON.stringify(query)));
  }

  async #rows(query) {
    if (!query || typeof query !== "object") throw failure("query_invalid");
    return this.#ask((inner) => inner.rows(JSON.stringify(query)));
  }

  async #calculate(query) {
    if (!query || typeof query !== "object") throw failure("query_invalid");
    return this.#ask((inner) => inner.calculate(JSON.stringify(query)));
  }

  async #export(format, what) {
    if (format === "csv" && what?.ledger) {
      if (this.#ended) throw failure("destroyed");
      return (await this.#start()).ledger();
    }
    const type = EXPORTED[format];
    if (!type) throw failure("export_unsupported");
    const make = {
      html: () => what?.rows === true ? this.#inner?.carrying() : this.#inner?.frozen(what?.names === true, Math.ceil(Number(what?.smallest)) || 5),
      json: () => this.#inner?.report(),
      sql: () => {
        const { kpi, rule, dialect, tables } = what ?? {};
        return this.#inner?.sql(JSON.stringify({ kpi, rule, dialect, tables }));
      },
    };
    const made = await (make[format]?.() ?? this.#inner?.exported(format, what?.kpi, what?.chart));
    if (made === undefined) throw failure("nothing_loaded");
    return made instanceof Blob ? made : new Blob([made], { type });
  }

  #start() {
    this.#started ??= (async () => {
      elements.add(this);
      const glue = await page();
      this.#carried = await carried();
      if (!elements.has(this)) throw failure("destroyed");
      const inner = new glue.Element(startWorker, serveOnPage, carrying, (name, detail) => this.#hear(name, detail));
      this.#inner = inner;
      await this.#configure(inner).catch((error) => this.#dispatchError(error));
      return inner;
    })();
    return this.#started;
  }

  /** The language of what the element stands in; empty where that is the browser's. */
  #around() {
    return (this.closest("[lang]") ?? document.documentElement).lang;
  }

  async #configure(inner) {
    const words = (name) => (this.getAttribute(name) ?? "").split(/\s+/).filter(Boolean);
    const settings = { kpis: words("kpis"), src: this.getAttribute("src") ?? "", carries: this.#carried !== null, programs: SUMS };
    for (const name of ["view", "theme", "lang", "locale"]) {
      const value = this.getAttribute(name);
      if (value) settings[name] = value;
    }
    settings.around = this.#around();
    const recipe = this.getAttribute("recipe");
    const text =
      this.#carried?.recipe ?? (recipe ? await (await fetched(new URL(recipe, document.baseURI))).text() : undefined);
    if (this.#inner === inner) inner.configure(JSON.stringify(settings), text);
  }

  /** Shows what the attributes ask for; loads what `src` names when it is among those changed. */
  async #takeOver(names) {
    const inner = this.#inner;
    // The stylesheet follows the theme by itself, and the reader stays where they are.
    if (!inner || names.every((name) => name === "theme")) return;
    if (!names.includes("src") || names.length > 1) await this.#configure(inner);
    if (this.#inner !== inner) return;
    if (this.isConnected) this.#mount(inner);
    if (!names.includes("src")) return;
    const addresses = (this.getAttribute("src") ?? "").split(/\s+/).filter(Boolean);
    try {
      const inputs = addresses.length === 0 ? (this.#carried?.inputs ?? []) : await Promise.all(addresses.map(inputAt));
      if (inputs.length > 0) await this.#load(inputs);
    } catch (error) {
      if (error.code === "src_unreachable") this.#dispatchError(error);
    }
  }

  #mount(inner) {
    const root = document.createElement("div");
    root.className = "kept";
    inner.unmount();
    this.shadowRoot.replaceChildren(root);
    inner.mount(root);
    this.#announceHeight();
  }

  /** Where this page is a frame and the element is asked to: tells the page around its height, a number. */
  #announceHeight() {
    if (this.#measuring || window.parent === window || !this.hasAttribute("announce-height")) return;
    // As high as its content, or the frame could never shrink again.
    this.style.minHeight = "0";
    let last = 0;
    this.#measuring = new ResizeObserver(() => {
      const height = Math.ceil(this.getBoundingClientRect().height);
      if (height !== last) window.parent.postMessage({ kept: "height", height }, "*");
      last = height;
    });
    this.#measuring.observe(this);
  }

  #hear(name, detail) {
    if (name === "error") {
      this.#dispatchError(detail);
    } else if (name === "report") {
      this.#dispatch("report", publicReport(JSON.parse(detail)));
    } else if (name === "ready") {
      this.#dispatch("ready", { version: 1 });
    } else {
      this.#dispatch(name, detail);
    }
  }

  #dispatchError({ code = "start_failed" }) {
    this.#dispatch("error", { code });
  }

  #dispatch(name, detail) {
    this.dispatchEvent(new CustomEvent(`kept-${name}`, { bubbles: true, composed: true, detail }));
  }

  /** Says why there is nothing to see, and what to do. */
  fail(error) {
    if (error.code === "destroyed") return;
    const { message, hint } = error.code ? error : failure("start_failed");
    this.#inner = null;
    this.#started = null;
    elements.delete(this);
    const box = document.createElement("div");
    box.setAttribute("role", "alert");
    box.className = "kept-start-failure";
    const language = (this.#around() || navigator.language).split("-")[0].toLowerCase();
    const said = SAID[language];
    if (said) box.lang = language;
    for (const sentence of [message, hint]) {
      const line = document.createElement("p");
      line.textContent = said?.[sentence] ?? sentence;
      box.append(line);
    }
    this.shadowRoot.replaceChildren(box);
    this.#dispatchError(error);
  }

  #destroy() {
    const inner = this.#inner;
    this.#inner = null;
    this.#started = null;
    elements.delete(this);
    this.#measuring?.disconnect();
    this.#measuring = null;
    this.shadowRoot.replaceChildren();
    inner?.free();
  }
}

// A second copy of this script on the page is not an error; the first one stays in charge.
if (!customElements.get("kept-kpis")) customElements.define("kept-kpis", KeptKpis);
