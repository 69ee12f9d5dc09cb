// Serves what the bench's pages need. Every contestant has a host name of its own, so that the
// browser gives each a process of its own.

import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { createServer } from "node:http";
import { dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const dist = join(here, "../../dist");

const TYPES = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".mjs": "text/javascript",
  ".wasm": "application/wasm",
};

// DuckDB's script names its packages and leaves it to the page to find them.
const IMPORTS = {
  "apache-arrow": "/packages/apache-arrow/Arrow.dom.mjs",
  flatbuffers: "/packages/flatbuffers/mjs/flatbuffers.js",
  tslib: "/packages/tslib/tslib.es6.mjs",
};

const PAGE = `<!doctype html><meta charset="utf-8"><title>bench</title>
<script type="importmap">${JSON.stringify({ imports: IMPORTS })}</script>
<script type="module" src="/page/begin.js"></script>`;

/** Starts to serve; gives the address of a contestant's page, and a way to end. */
export const served = async (packages) => {
  const folders = { kept: dist, packages, page: join(here, "page") };
  const server = createServer(async (request, response) => {
    const path = new URL(request.url, "http://host").pathname;
    if (path === "/") {
      response.writeHead(200, { "content-type": "text/html" }).end(PAGE);
      return;
    }
    const [, folder, ...rest] = path.split("/");
    const file = folder in folders ? join(folders[folder], ...rest) : "";
    const found = await stat(file).catch(() => null);
    if (!found?.isFile()) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { "content-type": TYPES[extname(file)] ?? "application/octet-stream" });
    createReadStream(file).pipe(response);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address();
  return {
    addressOf: (contestant) => `http://${contestant}.localhost:${port}/?contestant=${contestant}`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
};
