// The forms of Kept and the places in which people put them, for delivery.test.js.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { dist, root } from "./support.js";

const read = (path) => readFileSync(join(root, path), "utf8");
const between = (text, open, close) => text.split(open)[1].split(close)[0];

/** The block to copy that the documentation gives for the element, with its own attributes. */
export const elementBlock = (attributes) =>
  between(between(read("www/docs/embedding.md"), "\n## The element\n", "\n## "), "```html\n", "```")
    .replace(/<kept-kpis[^>]*>/, `<kept-kpis ${attributes}>`);

export const FORMS = {
  "hosted page": { file: "index.html", page: elementBlock },
  "single file": { file: "kept.html", page: elementBlock },
  element: { file: "element.html", page: (attributes) => `<!doctype html><meta charset="utf-8">${elementBlock(attributes)}` },
};

const plain = (markup) => markup.replace(/<[^>]*>/g, "");
const late = (file) => plain(between(readFileSync(join(dist, file), "utf8"), '<p class="late">', "</p>"));

/** What a place may make Kept say, by code; each begins the text that one sees. */
export const sentences = {
  wasm_blocked: "The page that holds Kept forbids WebAssembly.",
  file_protocol: "This form of Kept cannot run from a folder, only from a server.",
  "not_started (hosted page)": late("index.html"),
  "not_started (single file)": late("kept.html"),
  "not_started (element)": plain(between(elementBlock(""), "<p>", "</p>")),
};

/** What the documentation says that a host's policy must allow, and nothing else. */
export const STRICT = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src blob:; connect-src 'self'; base-uri 'none'; form-action 'none'";
const WITHOUT_WASM = "default-src 'none'; script-src 'self'; worker-src blob:; connect-src 'self'; base-uri 'none'; form-action 'none'";

const frame = (tokens) => (address) => `<!doctype html><iframe ${tokens} src="${address}" width="1000" height="700"></iframe>`;
const policy = (text) => ({ "content-security-policy": text });
/** A frame in a page with this policy; the element, which lives in the page itself, under it. */
const underPolicy = (text) => ({
  around: (form, address) =>
    form !== "element" && {
      text: frame("")(address),
      headers: policy(`${text}; frame-src ${new URL(address).origin}`),
    },
  sent: (form) => (form === "element" ? policy(text) : {}),
});
const framed = (tokens) => ({ around: (_, address) => frame(tokens)(address) });
const anyOrigin = () => ({ "access-control-allow-origin": "*" });
const files = ["hosted page", "single file"];

export const PLACES = {
  file: { says: "opened from a folder (`file://`)", file: true },
  http: { says: "on a server" },
  below: { says: "in a sub-directory of a server", under: "/team/tools/kept/" },
  iframe: { says: "in an iframe of another site", ...framed("") },
  sandbox: { says: 'in `<iframe sandbox="allow-scripts">`', ...framed('sandbox="allow-scripts"') },
  sandbox_cors: {
    says: "the same, and the server of Kept sends `Access-Control-Allow-Origin: *`",
    ...framed('sandbox="allow-scripts"'),
    sent: anyOrigin,
  },
  sandbox_origin: {
    says: 'in `<iframe sandbox="allow-scripts allow-same-origin">`',
    ...framed('sandbox="allow-scripts allow-same-origin"'),
  },
  strict: { says: "in a page with a strict policy", ...underPolicy(STRICT) },
  trusted: {
    says: "in a page whose policy requires Trusted Types and names `kept`",
    ...underPolicy(`${STRICT}; require-trusted-types-for 'script'; trusted-types kept`),
    forms: ["element"],
  },
  untrusted: {
    says: "in a page whose policy requires Trusted Types and names no policy",
    ...underPolicy(`${STRICT}; require-trusted-types-for 'script'; trusted-types 'none'`),
    forms: ["element"],
  },
  no_wasm: { says: "in a page with a policy that forbids WebAssembly", ...underPolicy(WITHOUT_WASM) },
  sent_strict: { says: "from a server that sends the strict policy with every file", forms: files, sent: () => policy(STRICT) },
  sent_no_wasm: { says: "from a server that sends a policy without WebAssembly with every file", forms: files, sent: () => policy(WITHOUT_WASM) },
};

const ENGINES = ["Chromium", "Firefox", "WebKitGTK"];

const HEAD = `# Where Kept works

Made by \`tests/browser/delivery.test.js\`, which opens every form in every place, pastes a table and looks for the figure.
A cell says \`works\`, or the code of the sentence that stands on the page instead.

`;

/** The page of the documentation; a browser that is not here keeps its column as \`written\`. */
export const tableOf = (found, written) => {
  const kept = Object.fromEntries(
    written
      .split("\n")
      .map((line) => line.split(" | ").map((cell) => cell.replace(/^\| | \|$/g, "")))
      .filter((cells) => cells.length === 2 + ENGINES.length)
      .map(([place, form, ...cells]) => [`${place} ${form}`, cells]),
  );
  const lines = [["Place", "Form", ...ENGINES], Array(2 + ENGINES.length).fill("---")];
  for (const [id, { says, forms = Object.keys(FORMS) }] of Object.entries(PLACES)) {
    for (const form of forms) {
      const cells = ENGINES.map((name, at) => {
        const seen = found[name]?.[`${id} ${form}`];
        if (seen) return seen === "works" ? seen : `\`${seen.split(" ")[0]}\``;
        return kept[`${says} ${form}`]?.[at] ?? "not looked at";
      });
      lines.push([says, form, ...cells]);
    }
  }
  const table = lines.map((cells) => `| ${cells.join(" | ")} |`).join("\n");
  const said = Object.entries(sentences).map(([code, sentence]) => `- \`${code}\`: ${sentence}`);
  return `${HEAD}${table}\n\nThe sentences:\n\n${said.join("\n")}\n`;
};
