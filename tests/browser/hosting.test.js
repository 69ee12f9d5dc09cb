// What www/docs/hosting.md says of servers that do not do as they should.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { createServer, get } from "node:http";
import { extname, join } from "node:path";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { outcome } from "./outcome.js";
import { dist, root, TYPES, withFolder } from "./support.js";
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

  test("nginx, set up as the documentation says", () =>
    withNginx(async (origin) => {
      const window = await newWindow();
      await window.open(`${origin}/kept/index.html`);
      assert.equal(await outcome(window, []), "works");
      await window.close();
    }));
});

/** Runs nginx with the block of www/docs/hosting.md in it; `work` gets its origin. */
const withNginx = (work) =>
  withFolder(async (folder) => {
    const text = await readFile(join(root, "www/docs/hosting.md"), "utf8");
    const block = /```nginx\n(.*?)\n```/s.exec(text)[1].replaceAll("/srv/kept/dist", dist);
    const port = 20_000 + (process.pid % 20_000);
    const own = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((name) => `${name}_temp_path ${folder}/${name};`);
    await writeFile(
      join(folder, "nginx.conf"),
      `user root; daemon off; pid ${folder}/pid; error_log ${folder}/errors; events {}
http { access_log off; ${own.join(" ")} server { listen 127.0.0.1:${port};\n${block}\n} }`,
    );
    const server = spawn("nginx", ["-p", folder, "-c", "nginx.conf", "-e", `${folder}/errors`], { stdio: "ignore" });
    const ended = new Promise((resolve) => server.once("exit", resolve));
    const origin = `http://127.0.0.1:${port}`;
    try {
      for (let tries = 0; !(await headersOf(`${origin}/kept/sizes.json`)); tries += 1) {
        if (tries === 50) throw new Error(await readFile(join(folder, "errors"), "utf8"));
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
      await work(origin);
    } finally {
      server.kill();
      await ended;
    }
  });

/** The headers of an answer to somebody who unpacks gzip; null while nobody answers. */
const headersOf = (address) =>
  new Promise((resolve) => {
    const request = get(address, { headers: { "accept-encoding": "gzip" } }, (answer) => {
      answer.resume();
      resolve({ status: answer.statusCode, ...answer.headers });
    });
    request.on("error", () => resolve(null));
  });

test("nginx, set up as the documentation says, sends types, packed files, and how long to keep them", () =>
  withNginx(async (origin) => {
    const sizes = JSON.parse(await readFile(join(dist, "sizes.json"), "utf8"));
    const named = Object.keys(sizes).filter((name) => /^kept-.*\.(js|wasm)$/.test(name));
    assert.equal(named.length, 3);
    for (const name of named) {
      const headers = await headersOf(`${origin}/kept/${name}`);
      assert.deepEqual(
        [headers.status, headers["content-type"], headers["content-encoding"], headers["cache-control"], headers["access-control-allow-origin"]],
        [200, TYPES[extname(name)], "gzip", "max-age=31536000, immutable", "*"],
        name,
      );
    }
    const page = await headersOf(`${origin}/kept/index.html`);
    assert.deepEqual([page.status, page["content-type"], page["cache-control"]], [200, "text/html", "max-age=300"]);
  }));
