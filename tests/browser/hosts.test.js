// The blocks to copy of www/docs/embedding.md, each under the rules of its host, as far as they
// are known: which frames and policies, what a sanitizer takes out, what else is on the page.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { outcome } from "./outcome.js";
import { root, serveHost, withFolder } from "./support.js";
import { inTwoEngines, untilSeen } from "./windows.js";

const documentation = readFileSync(join(root, "www/docs/embedding.md"), "utf8");
const EXAMPLE = "https://kept.example.org";

/** Every host of the documentation with its block. */
const BLOCKS = Object.fromEntries(
  documentation
    .split("\n## Hosts\n")[1]
    .split("\n## ")[0]
    .split("\n### ")
    .slice(1)
    .map((part) => [part.split("\n")[0], /```(?!js)\w+\n(.*?)\n```/s.exec(part)[1]]),
);

const page = (body) => `<!doctype html><meta charset="utf-8"><title>wiki</title><body>${body}`;
const policy = (text) => ({ "content-security-policy": text });
const framedUnder = (text) => (block, kept) => ({
  pages: { "/": { text: page(block), headers: policy(text.replace("{kept}", kept)) } },
  frames: ["iframe"],
});

/** As DOMPurify is set up by TechDocs: no scripts, our element with our attributes. */
const sanitized = (block) => {
  const tag = /^kept-kpis$/;
  const attribute = /^(src|recipe|kpis|view|theme|lang|locale)$/;
  return block.replace(/<(\/?)([\w-]+)([^>]*)>/g, (_, slash, name, rest) => {
    if (!tag.test(name)) return "";
    const kept = [...rest.matchAll(/([\w-]+)="([^"]*)"/g)].filter(([, name]) => attribute.test(name));
    return `<${slash}${name}${kept.map(([whole]) => ` ${whole}`).join("")}>`;
  });
};

const MODULE = '<script type="module" src="/kept/kept.js"></script>';

/** What each host makes of a block: pages, and the frames that lead to Kept. */
const HOSTS = {
  "Any page, in a frame": framedUnder("default-src 'self'; frame-src {kept}"),
  "Any page, in a sandboxed frame": framedUnder("default-src 'self'; frame-src {kept}"),
  "Confluence Cloud": (block, kept) => ({
    pages: {
      "/": page('<iframe sandbox="allow-scripts allow-forms allow-popups allow-modals" src="/macro" width="1000" height="950"></iframe>'),
      "/macro": { text: page(block), headers: policy(`default-src 'self' 'unsafe-inline' data: blob:; frame-src ${kept}`) },
    },
    frames: ["iframe", "iframe"],
  }),
  "Confluence Data Center": (block) => ({
    // Old libraries lengthen what all scripts share, and style every element.
    pages: {
      "/": page(
        `<style>* { letter-spacing: 3px } button, table, h1 { all: unset !important; color: red !important }</style>
        <script>Array.prototype.each = Object.prototype.old = function () {}; window.define = Object.assign(() => {}, { amd: {} });</script>${block}`,
      ),
    },
    frames: [],
    sent: { "access-control-allow-origin": "*" },
  }),
  "SharePoint Online": framedUnder("default-src 'self' 'unsafe-inline'; frame-src {kept}"),
  MediaWiki: framedUnder("default-src 'self'; frame-src {kept}"),
  BookStack: framedUnder("object-src 'self'; base-uri 'self'; script-src http: https: 'nonce-wiki' 'strict-dynamic'; frame-src 'self' {kept}"),
  GitLab: (block, kept) =>
    framedUnder("default-src 'self'; frame-src {kept}")(
      block.replace(/!\[.*?\]\((.*?)\)/, '<iframe sandbox="allow-scripts allow-popups allow-same-origin" src="$1" width="1000" height="560"></iframe>'),
      kept,
    ),
  "Backstage TechDocs": (block) => ({
    // TechDocs shows pages in a shadow root; the plugin's script is one of the app.
    pages: {
      "/": page(
        `<main></main>${MODULE}<script>document.querySelector("main").attachShadow({ mode: "open" }).innerHTML = ${JSON.stringify(sanitized(block))};</script>`,
      ),
    },
    frames: [],
  }),
  Notion: (block, kept) =>
    framedUnder("default-src 'self'; frame-src {kept}")(
      `<iframe sandbox="allow-scripts allow-popups allow-forms allow-same-origin allow-popups-to-escape-sandbox" src="${block}" width="700" height="500"></iframe>`,
      kept,
    ),
  MkDocs: (block) => ({ pages: { "/": page(`<p>Figures:</p>${block}${MODULE}`) }, frames: [] }),
  Docusaurus: (block) => ({
    // The page is drawn after the script ran, and drawn again as one goes from page to page.
    pages: {
      "/": page(
        `<main></main>${MODULE}<script>
        const draw = () => { document.querySelector("main").innerHTML = ${JSON.stringify(block)}; };
        setTimeout(draw, 300); setTimeout(draw, 600);</script>`,
      ),
    },
    frames: [],
  }),
};

inTwoEngines((newWindow) => {
  for (const [name, given] of Object.entries(BLOCKS)) {
    test(name, async () => {
      const sent = HOSTS[name]("", "").sent ?? {};
      const kept = await serveHost({}, { headers: sent });
      const { pages, frames } = HOSTS[name](given.replaceAll(EXAMPLE, kept.origin), kept.origin);
      const host = await serveHost(pages);
      const window = await newWindow();
      try {
        await window.open(`${host.origin}/`);
        assert.equal(await outcome(window, frames), "works");
      } finally {
        await window.close();
        host.close();
        kept.close();
      }
    });
  }

  test("a frame becomes as high as its content, with the script of the documentation", async () => {
    const [, script] = /```js\n(addEventListener.*?)\n```/s.exec(documentation);
    const kept = await serveHost({});
    const frame = `<iframe src="${kept.origin}/kept/kept.html" width="1000" height="150"></iframe>`;
    const heard = "window.heard = []; addEventListener('message', ({ data }) => window.heard.push(JSON.stringify(data)));";
    const host = await serveHost({ "/": page(`${frame}<script>${heard}${script}</script>`) });
    const window = await newWindow();
    await window.open(`${host.origin}/`);
    assert.equal(await outcome(window, ["iframe"]), "works");
    const inner = await window.look(["iframe"], () => document.documentElement.scrollHeight);
    const outer = await untilSeen(window, [], () => {
      const { height } = document.querySelector("iframe").getBoundingClientRect();
      return height > 600 ? height : null;
    });
    assert.ok(Math.abs(outer - inner) < 60, `${outer} around ${inner}`);
    for (const told of await window.look([], () => window.heard)) assert.match(told, /^\{"kept":"height","height":\d+\}$/);
    await window.close();
    host.close();
    kept.close();
  });

  test("SharePoint Online: a copy from a library, opened from the disk", () =>
    withFolder(async (folder) => {
      const library = await serveHost({}, { headers: { "content-type": "application/octet-stream", "content-disposition": "attachment" } });
      const copy = join(folder, "kept (1).html");
      await writeFile(copy, Buffer.from(await (await fetch(`${library.origin}/kept/kept.html`)).arrayBuffer()));
      library.close();
      const window = await newWindow();
      await window.open(pathToFileURL(copy).href);
      assert.equal(await outcome(window, []), "works");
      await window.close();
    }));
});

test("every host of the documentation has rules, and what it cannot do there", () => {
  assert.deepEqual(Object.keys(BLOCKS), Object.keys(HOSTS));
  for (const part of documentation.split("\n## Hosts\n")[1].split("\n## ")[0].split("\n### ").slice(1)) {
    assert.match(part, /\nCannot: /, part.split("\n")[0]);
  }
});
