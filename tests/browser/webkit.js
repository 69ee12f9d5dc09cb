// WebKitGTK through its WebDriver, which puppeteer does not speak: just what our tests ask of it.

import { spawn } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { createServer } from "node:net";
import { delimiter, join } from "node:path";

const ELEMENT = "element-6066-11e4-a52e-4f735466cecf";

const onPath = (program) => process.env.PATH.split(delimiter).some((folder) => existsSync(join(folder, program)));

/** WebKitGTK's own small browser; each architecture has it in a folder of its own. */
const miniBrowser = () => {
  const folders = existsSync("/usr/lib") ? readdirSync("/usr/lib") : [];
  return folders
    .flatMap((folder) => ["4.1", "6.0"].map((version) => `/usr/lib/${folder}/webkit2gtk-${version}/MiniBrowser`))
    .find((path) => existsSync(path));
};

/** Whether the driver, its browser and a screen of memory are installed. */
export const hasWebKit = () => onPath("WebKitWebDriver") && onPath("Xvfb") && miniBrowser() !== undefined;

const freePort = () =>
  new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

/** A screen that nobody sees; gives its name once it is there. */
const startScreen = () =>
  new Promise((resolve, reject) => {
    const screen = spawn("Xvfb", ["-displayfd", "3", "-screen", "0", "1280x1000x24", "-nolisten", "tcp"], {
      stdio: ["ignore", "ignore", "ignore", "pipe"],
    });
    screen.once("error", reject);
    screen.once("exit", () => reject(new Error("Xvfb ended")));
    screen.stdio[3].once("data", (number) => resolve({ screen, name: `:${String(number).trim()}` }));
  });

const untilHeard = async (ask) => {
  for (let tries = 0; ; tries += 1) {
    try {
      return await ask();
    } catch (error) {
      if (tries > 100) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
};

/** Starts WebKitGTK. One session has one window: `open`, `look`, `close`, as of `windowOf`. */
export const launchWebKit = async () => {
  const { screen, name } = await startScreen();
  const port = await freePort();
  const env = { ...process.env, DISPLAY: name, LIBGL_ALWAYS_SOFTWARE: "1" };
  const driver = spawn("WebKitWebDriver", [`--port=${port}`], { env, stdio: "ignore" });
  const ask = async (method, path, body) => {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, { method, body: body && JSON.stringify(body) });
    const { value } = await answer.json();
    if (!answer.ok) throw new Error(`${value.error}: ${value.message}`);
    return value;
  };
  const end = () => {
    driver.kill();
    screen.kill();
  };
  try {
    await untilHeard(() => ask("GET", "/status"));
    const capabilities = { alwaysMatch: { "webkitgtk:browserOptions": { binary: miniBrowser(), args: ["--automation"] } } };
    const { sessionId } = await ask("POST", "/session", { capabilities });
    return { ...sessionOf(ask, `/session/${sessionId}`), end };
  } catch (error) {
    end();
    throw error;
  }
};

const sessionOf = (ask, session) => {
  const run = (work, given) =>
    ask("POST", `${session}/execute/sync`, { script: `return (${work}).apply(null, arguments)`, args: given });
  return {
    open: (address) => ask("POST", `${session}/url`, { url: address }),
    look: async (frames, work, ...given) => {
      await ask("POST", `${session}/frame`, { id: null });
      for (const value of frames) {
        const found = await ask("POST", `${session}/element`, { using: "css selector", value });
        await ask("POST", `${session}/frame`, { id: { [ELEMENT]: found[ELEMENT] } });
      }
      return run(work, given);
    },
    close: () => ask("POST", `${session}/url`, { url: "about:blank" }),
    quit: () => ask("DELETE", session),
  };
};
