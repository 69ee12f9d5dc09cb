// The package for npm in an empty Vite project and in a plain page: it installs, its types hold,
// it works there. Nothing comes from a registry: the bundler is one of our own test packages.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { createServer } from "node:http";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { after, test } from "node:test";
import { promisify } from "node:util";
import { outcome } from "./outcome.js";
import { dist, root, TYPES } from "./support.js";
import { inTwoEngines } from "./windows.js";

const run = (program, words, cwd) => promisify(execFile)(program, words, { cwd, maxBuffer: 16_000_000 });
const bin = (name) => join(root, "node_modules/.bin", name);

const MAIN = `import "kept-kpis";
import type { Report, KeptError } from "kept-kpis";

const element = document.createElement("kept-kpis");
element.addEventListener("kept-report", ({ detail }) => console.debug(detail.tables[0]?.read));
document.body.append(element);
const read = async (file: File): Promise<Report | string> => {
  try {
    return await element.api(1).load([file, { name: "pasted", content: "a,b" }], { period: { unit: "month" } });
  } catch (error) {
    return (error as KeptError).code;
  }
};
element.title = typeof read;
`;

const WRONG = `import "kept-kpis";
document.createElement("kept-kpis").api(2);
document.createElement("kept-kpis").api(1).load(3);
document.createElement("kept-kpis").api(1).update({ segmnet: "plan" });
`;

const CHECK = {
  compilerOptions: { module: "esnext", moduleResolution: "bundler", target: "es2022", lib: ["es2022", "dom"], types: [], strict: true, noEmit: true, skipLibCheck: false },
};

/** Serves a folder as any static server would. */
const serve = async (folder) => {
  const server = createServer(async (request, response) => {
    const path = new URL(request.url, "http://host").pathname;
    try {
      const body = await readFile(join(folder, path === "/" ? "index.html" : path));
      response.writeHead(200, { "content-type": TYPES[extname(path)] ?? "text/html" }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  server.unref();
  return { origin: `http://127.0.0.1:${server.address().port}`, close: () => server.closeAllConnections() };
};

/** An empty project with our package installed. */
const project = async (folder) => {
  const archive = (await readdir(dist)).find((name) => name.endsWith(".tgz"));
  assert.ok(archive, "dist/ has the package: cargo xtask dist");
  await writeFile(join(folder, "package.json"), JSON.stringify({ private: true, type: "module" }));
  await run("npm", ["install", "--offline", "--silent", "--no-audit", "--no-fund", join(dist, archive)], folder);
  await writeFile(join(folder, "index.html"), '<!doctype html><title>app</title><script type="module" src="/main.ts"></script>');
  await writeFile(join(folder, "plain.html"), '<!doctype html><kept-kpis></kept-kpis><script type="module" src="/node_modules/kept-kpis/kept.js"></script>');
  await writeFile(join(folder, "main.ts"), MAIN);
  await mkdir(join(folder, "wrong"));
  await writeFile(join(folder, "wrong/main.ts"), WRONG);
  await writeFile(join(folder, "tsconfig.json"), JSON.stringify({ ...CHECK, files: ["main.ts"] }));
  await writeFile(join(folder, "wrong/tsconfig.json"), JSON.stringify({ ...CHECK, files: ["main.ts"] }));
};

const folder = await mkdtemp(join(tmpdir(), "kept-npm-"));
after(() => rm(folder, { recursive: true, force: true }));
await project(folder);

test("its types hold, and refuse what the API refuses", async () => {
  await run(bin("tsc"), ["-p", "."], folder);
  const { stdout } = await run(bin("tsc"), ["-p", "wrong"], folder).catch((failed) => failed);
  const lines = stdout.split("\n").filter((line) => /error TS/.test(line));
  assert.deepEqual(lines.map((line) => /\((\d+),/.exec(line)[1]), ["2", "3", "4"], stdout);
});

test("its texts and licences come along", async () => {
  const names = await readdir(join(folder, "node_modules/kept-kpis"));
  for (const name of ["README.md", "LICENSE-MIT", "LICENSE-APACHE", "THIRD_PARTY_LICENSES.txt", "kept.d.ts", "kept.js", "package.json"]) {
    assert.ok(names.includes(name), name);
  }
  assert.equal(names.filter((name) => name.endsWith(".wasm")).length, 2);
});

test("Vite builds it", async () => {
  await run(bin("vite"), ["build", "--logLevel", "warn", "--base", "./"], folder);
  const assets = await readdir(join(folder, "dist/assets"));
  assert.equal(assets.filter((name) => name.endsWith(".wasm")).length, 2, assets.join(", "));
});

inTwoEngines((newWindow) => {
  const works = async (served, path) => {
    const server = await serve(served);
    const window = await newWindow();
    try {
      await window.open(`${server.origin}${path}`);
      assert.equal(await outcome(window, []), "works");
    } finally {
      await window.close();
      server.close();
    }
  };

  test("it works in what Vite built", () => works(join(folder, "dist"), "/"));

  test("it works in a plain page", () => works(folder, "/plain.html"));

  test("it works in Vite's development server, left out of what that server packs beforehand", async () => {
    const { createServer: startVite } = await import("vite");
    const vite = await startVite({
      root: folder,
      configFile: false,
      logLevel: "error",
      server: { host: "127.0.0.1", port: 0 },
      optimizeDeps: { exclude: ["kept-kpis"] },
    });
    const window = await newWindow();
    try {
      await vite.listen();
      await window.open(`http://127.0.0.1:${vite.httpServer.address().port}/`);
      assert.equal(await outcome(window, []), "works");
    } finally {
      await window.close();
      await vite.close();
    }
  });
});
