// What www/docs/hosting.md says of servers that do not do as they should.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { outcome } from "./outcome.js";
import { dist, TYPES } from "./support.js";
import { inTwoEngines } from "./windows.js";

/** Serves dist/ in a sub-directory with other types, packed where asked; gives the page's address. */
const serve = async ({ types = {}, packed = false }) => {
  const server = createServer(async (request, response) => {
    const name = new URL(request.url, "http://host").pathname.replace("/tools/kept/", "");
    try {
      const body = await readFile(join(dist, name));
      const type = { "content-type": { ...TYPES, ...types }[extname(name)] };
      response.writeHead(200, packed ? { ...type, "content-encoding": "gzip" } : type).end(packed ? gzipSync(body) : body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  server.unref();
  return { address: `http://127.0.0.1:${server.address().port}/tools/kept/index.html`, close: () => server.closeAllConnections() };
};

const SERVERS = {
  "packed files": [{ packed: true }, "works"],
  "programs of an unknown type": [{ types: { ".wasm": "application/octet-stream" } }, "works"],
  "a script of the wrong type": [{ types: { ".js": "text/plain" } }, "not_started (hosted page)"],
};

inTwoEngines((newWindow) => {
  for (const [says, [how, wanted]] of Object.entries(SERVERS)) {
    test(says, async () => {
      const server = await serve(how);
      const window = await newWindow();
      await window.open(server.address);
      assert.equal(await outcome(window, []), wanted);
      await window.close();
      server.close();
    });
  }
});
