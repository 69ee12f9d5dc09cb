// Serves what the bench's pages need. Every contestant has a host name of its own, so that the
// browser gives each a process of its own.

import { createReadStream, readFileSync } from "node:fs";
import { stat } from "node:fs/promises";
import { createServer } from "node:http";
import { dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants } from "node:zlib";

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

/** A file as servers send it: bytes with brotli, at a level that takes seconds and not minutes. */
const packedBytes = (path) =>
  brotliCompressSync(readFileSync(path), { params: { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_LGWIN]: 22 } }).length;

/** Starts to serve; gives the address of a contestant's page, what its program weighs, and a way to end. */
export const served = async (packages) => {
  const folders = { kept: dist, packages, page: join(here, "page") };
  const sent = new Map();
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
    // What the bench itself needs is nobody's weight.
    const [contestant] = request.headers.host.split(".");
    if (folder !== "page") sent.set(contestant, (sent.get(contestant) ?? new Set()).add(file));
    response.writeHead(200, { "content-type": TYPES[extname(file)] ?? "application/octet-stream" });
    createReadStream(file).pipe(response);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address();
  return {
    addressOf: (contestant) => `http://${contestant}.localhost:${port}/?contestant=${contestant}`,
    loadedBy: (contestant) => {
      const files = [...(sent.get(contestant) ?? [])];
      const sum = (bytesOf) => files.reduce((sum, file) => sum + bytesOf(file), 0);
      return { files: files.length, bytes: sum((file) => readFileSync(file).length), brotli_bytes: sum(packedBytes) };
    },
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
};
