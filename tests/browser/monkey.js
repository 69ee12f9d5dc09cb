// What random.test.js needs inside the page: it hears which runs are open, counts what is held,
// and presses, chooses and types where a reader could.

/** Run before any script of the page. `texts`: the files by name. */
export const install = (texts) => {
  const held = { open: new Map(), workers: new Set(), memories: new Set(), listeners: new Map(), promises: 0 };
  window.held = held;

  // A run or a question is open from the message that asks for it to the one that ends it.
  const { postMessage, close } = MessagePort.prototype;
  const asked = (message) => Object.values(message?.errand?.do ?? {})[0];
  MessagePort.prototype.postMessage = function (message, ...others) {
    const { run, ask } = asked(message) ?? {};
    if (run !== undefined || ask !== undefined) {
      if (!held.open.has(this)) {
        held.open.set(this, new Set());
        this.addEventListener("message", ({ data }) => {
          const [kind, event] = Object.entries(data?.event ?? {})[0] ?? [];
          if (!event || kind === "progress" || (kind === "ledger" && !event.is_last)) return;
          held.open.get(this)?.delete(event.run === undefined ? `ask ${event.ask}` : `run ${event.run}`);
        });
      }
      // Of runs only the newest is waited for: those it overtook need not be answered.
      const open = held.open.get(this);
      if (run !== undefined) [...open].filter((it) => it.startsWith("run")).forEach((it) => open.delete(it));
      open.add(run === undefined ? `ask ${ask}` : `run ${run}`);
    }
    return postMessage.call(this, message, ...others);
  };
  MessagePort.prototype.close = function () {
    held.open.delete(this);
    return close.call(this);
  };

  const Begun = window.Worker;
  window.Worker = class extends Begun {
    constructor(...given) {
      super(...given);
      held.workers.add(this);
    }
    terminate() {
      held.workers.delete(this);
      super.terminate();
    }
  };
  for (const name of ["instantiate", "instantiateStreaming"]) {
    const original = WebAssembly[name];
    WebAssembly[name] = async (...given) => {
      const made = await original.apply(WebAssembly, given);
      held.memories.add((made.instance ?? made).exports.memory);
      return made;
    };
  }
  // What listens to the page itself; each counts once, as in the browser.
  for (const target of [window, document]) {
    const kinds = new Map();
    held.listeners.set(target, kinds);
    const { addEventListener: add, removeEventListener: remove } = target;
    const kind = (name, options) => `${name} ${Boolean(typeof options === "object" ? options?.capture : options)}`;
    target.addEventListener = function (name, listener, options) {
      const key = kind(name, options);
      if (!kinds.has(key)) kinds.set(key, new Set());
      if (!options?.once) kinds.get(key).add(listener);
      add.call(target, name, listener, options);
    };
    target.removeEventListener = function (name, listener, options) {
      kinds.get(kind(name, options))?.delete(listener);
      remove.call(target, name, listener, options);
    };
  }
  // Neither windows to choose files nor files on the disk.
  HTMLAnchorElement.prototype.click = () => {};
  const { click } = HTMLInputElement.prototype;
  HTMLInputElement.prototype.click = function () {
    if (this.type !== "file") click.call(this);
  };

  const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  const element = () => document.querySelector("kept-kpis");
  const api = () => element().api(1);

  /** The file of this name; `name_2.csv` is a second copy. */
  const textOf = (name) => texts[name] ?? texts[name.replace(/_\d+(\.\w+)?$/, "$1")];
  const file = (name) => {
    const text = textOf(name);
    if (text === undefined) throw new Error(`nobody made ${name}`);
    return new File([text], name);
  };

  /** What a promise of the API comes to. */
  const outcome = (promise) => {
    held.promises += 1;
    return promise
      .then(
        () => "done",
        (error) => {
          if (!/^[a-z_]+$/.test(error?.code ?? "")) throw error;
          return error.code;
        },
      )
      .finally(() => {
        held.promises -= 1;
      });
  };

  /** Until nothing is open any more and what came of it is drawn. */
  const settled = async (patience) => {
    const until = performance.now() + patience;
    for (;;) {
      await frame();
      await pause(0);
      const open = [...held.open.values()].some((asks) => asks.size > 0);
      if (!open && held.promises === 0) {
        await pause(0);
        await frame();
        if (![...held.open.values()].some((asks) => asks.size > 0)) return;
      }
      if (performance.now() > until) {
        const what = [...held.open.values()].flatMap((asks) => [...asks]);
        throw new Error(`after ${patience} ms ${held.promises} promises are open, and ${what.join(", ") || "nothing asked"}`);
      }
      if (open) await pause(4);
    }
  };

  const isSeen = (part) => part.getClientRects().length > 0 && !part.disabled && getComputedStyle(part).visibility === "visible";
  const called = (part) =>
    `${part.localName} "${(part.getAttribute("aria-label") ?? part.closest("label")?.textContent ?? part.textContent).trim().replace(/\s+/g, " ").slice(0, 50)}"`;
  const TYPED = ["", "0", "1", "5", "-3", "0.5", "12", "1e9", "ten", "2025-03-31", "09:00", "EUR", "2025-06", "45 %"];
  const said = (part, name) => part.dispatchEvent(new Event(name, { bubbles: true, composed: true }));

  /** These choices and no others: what attributes ask for holds only where the recipe says so. */
  const inForce = (recipe) => {
    const asked = ["kpis", "locale"].filter((name) => !(name in recipe.options));
    return { recipe, ...Object.fromEntries(asked.map((name) => [name, null])) };
  };

  const deeds = {
    /** Presses, chooses or types something, by two numbers from 0 to 1. */
    touch: (where, how) => {
      const root = element()?.shadowRoot;
      const parts = [...(root?.querySelectorAll("button, summary, select, input:not([type=file]), textarea, figure[tabindex]") ?? [])].filter(isSeen);
      if (parts.length === 0) return "nothing to touch";
      const part = parts[Math.floor(where * parts.length)];
      const name = called(part);
      if (part.localName === "select") {
        part.selectedIndex = Math.floor(how * part.options.length);
        const { value } = part;
        said(part, "input");
        said(part, "change");
        return `${name} = "${value.slice(0, 30)}"`;
      }
      if (part.localName === "textarea" || (part.localName === "input" && !["checkbox", "radio"].includes(part.type))) {
        const text = part.localName === "textarea" ? texts.pasted : TYPED[Math.floor(how * TYPED.length)];
        part.focus();
        part.value = text;
        said(part, "input");
        said(part, "change");
        return `${name} = "${text.slice(0, 12)}"`;
      }
      if (part.localName === "figure") {
        const keys = ["Home", "End", "ArrowLeft", "ArrowRight", "+", "-", "0", "Escape"];
        const key = keys[Math.floor(how * keys.length)];
        part.focus();
        part.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, composed: true }));
        return `${name} ${key}`;
      }
      part.focus();
      part.click();
      return name;
    },
    /** Drops files on the page. */
    drop: (names) => {
      const target = element()?.shadowRoot.querySelector(".kept .kept, .kept");
      if (!target) return "nowhere to drop";
      const dataTransfer = new DataTransfer();
      for (const name of names) dataTransfer.items.add(file(name));
      for (const kind of ["dragenter", "dragover", "drop"]) {
        target.dispatchEvent(new DragEvent(kind, { dataTransfer, bubbles: true, composed: true, cancelable: true }));
      }
      return "dropped";
    },
    load: (names, options) => outcome(api().load(names.map(file), options)),
    update: (options) => outcome(api().update(options)),
    /** Two of the API's calls, the second so many milliseconds after the first; what both come to. */
    overtaken: async (first, wait, second) => {
      const [one, ...given] = first;
      const begun = deeds[one](...given);
      if (wait >= 0) await pause(wait);
      const [other, ...others] = second;
      return Promise.all([begun, deeds[other](...others)]);
    },
    cancel: () => {
      api().cancel();
      return "cancelled";
    },
    ask: (name, ...given) => outcome(Promise.resolve().then(() => api()[name](...given))),
    /** Loads what is held under the choices in force. */
    again: () => {
      const tables = api().report()?.tables.map(({ name }) => name);
      return tables ? outcome(api().load(tables.map(file), inForce(api().recipe()))) : "nothing_loaded";
    },
    attribute: (name, value) => {
      if (value === null) element().removeAttribute(name);
      else element().setAttribute(name, value);
      return "set";
    },
    /** Off the page, for good; another one comes. */
    replace: async (isWaiting) => {
      const old = element();
      const place = old.parentNode;
      old.remove();
      if (isWaiting) await pause(5);
      place.append(document.createElement("kept-kpis"));
      return "replaced";
    },
    /** Off the page and back: in the same breath it keeps all, later it begins anew. */
    move: async (isWaiting) => {
      const part = element();
      const place = part.parentNode;
      part.remove();
      if (isWaiting) await pause(5);
      place.append(part);
      return "moved";
    },
    kill: () => {
      const worker = [...held.workers].at(-1);
      if (!worker) return "no worker";
      worker.terminate();
      return "killed";
    },
    wait: (ms) => pause(ms),
  };

  /** Does it and says what came of it; `wait`: whether until all has settled. */
  window.deed = async (name, given, patience) => {
    const came = await deeds[name](...given);
    if (patience) await settled(patience);
    return came;
  };
  window.settled = settled;

  window.standing = () => {
    const part = element();
    const report = part.api(1).report();
    return {
      tables: report?.tables.map(({ name }) => name) ?? null,
      report: report === null ? null : JSON.stringify(report),
      options: part.api(1).recipe().options,
    };
  };

  /** What a reader sees of the figures: the cards, and what the row of controls says. */
  const dashboard = async (part) => {
    const root = part.shadowRoot;
    const tab = [...root.querySelectorAll("nav.tabs button")].find((it) => it.textContent.trim() === "KPIs");
    if (!tab || tab.disabled) return null;
    tab.click();
    await frame();
    await pause(0);
    await frame();
    return {
      cards: [...root.querySelectorAll("article.card")].map((it) => it.textContent),
      controls: [...root.querySelectorAll(".controls select")].map((it) => it.selectedOptions[0]?.value),
      chips: [...root.querySelectorAll(".controls .chip")].map((it) => it.textContent),
    };
  };

  /** The same files and choices in an element of their own; what differs, or null. */
  window.differs = async (isLooking) => {
    const subject = element();
    const report = subject.api(1).report();
    if (report === null) return null;
    const names = report.tables.map(({ name }) => name);
    const witness = document.createElement("kept-kpis");
    for (const { name, value } of subject.attributes) {
      if (!["src", "recipe"].includes(name)) witness.setAttribute(name, value);
    }
    document.body.append(witness);
    try {
      const before = await (await subject.api(1).export("json")).text();
      const recipe = subject.api(1).recipe();
      await witness.api(1).load(names.map(file), inForce(recipe));
      const fresh = await (await witness.api(1).export("json")).text();
      if (fresh !== before) {
        let place = 0;
        while (fresh[place] === before[place]) place += 1;
        return `report, byte ${place}: ${before.slice(Math.max(0, place - 60), place + 60)} | fresh: ${fresh.slice(Math.max(0, place - 60), place + 60)}`;
      }
      if (!isLooking) return null;
      const [shown, wanted] = [JSON.stringify(await dashboard(subject)), JSON.stringify(await dashboard(witness))];
      if (shown === wanted) return null;
      let place = 0;
      while (shown[place] === wanted[place]) place += 1;
      return `page: ${shown.slice(Math.max(0, place - 60), place + 80)} | fresh: ${wanted.slice(Math.max(0, place - 60), place + 80)}`;
    } catch (error) {
      return `a fresh run failed: ${error.code ?? error.stack ?? error} ${error.message}`;
    } finally {
      witness.remove();
      await pause(10);
    }
  };

  /** What is held when nothing should be. */
  window.holding = () => ({
    workers: held.workers.size,
    listeners: [...held.listeners.values()].flatMap((kinds) => [...kinds.values()]).reduce((sum, set) => sum + set.size, 0),
    elements: document.querySelectorAll("*").length,
    memory: [...held.memories].reduce((sum, { buffer }) => sum + buffer.byteLength, 0),
  });
};
