// How large the WebAssembly memories of a worker are. Such a memory grows and never shrinks, so
// its size afterwards is its peak.

const SPY = `{
  const memories = [];
  const kept = (result) => {
    const { exports } = result.instance ?? result;
    for (const item of Object.values(exports)) {
      if (item instanceof WebAssembly.Memory && !memories.includes(item)) memories.push(item);
    }
    return result;
  };
  // Imports may be proxies that make up what is read from them: only what is there is looked at.
  const given = (imports) => {
    for (const part of Object.values(imports ?? {})) {
      for (const { value } of Object.values(Object.getOwnPropertyDescriptors(part))) {
        if (value instanceof WebAssembly.Memory && !memories.includes(value)) memories.push(value);
      }
    }
  };
  for (const name of ["instantiate", "instantiateStreaming"]) {
    const original = WebAssembly[name];
    WebAssembly[name] = async (source, imports) => {
      given(imports);
      return kept(await original.call(WebAssembly, source, imports));
    };
  }
  const Instance = WebAssembly.Instance;
  WebAssembly.Instance = new Proxy(Instance, {
    construct: (target, [module, imports]) => {
      given(imports);
      return kept(new target(module, imports));
    },
  });
  const channel = new BroadcastChannel("bench-memory");
  channel.onmessage = ({ data }) => {
    if (data !== "how much?") return;
    channel.postMessage({ bytes: memories.reduce((sum, { buffer }) => sum + buffer.byteLength, 0) });
  };
}
`;

/** Lets workers that are made from a script of the page's own answer `wasmBytes`. */
export const spyOnWorkers = () => {
  const original = URL.createObjectURL;
  URL.createObjectURL = (thing) =>
    original.call(URL, thing?.type === "text/javascript" ? new Blob([SPY, thing], { type: thing.type }) : thing);
};

/** Bytes of all WebAssembly memories in the workers of this page. */
export const wasmBytes = async () => {
  const channel = new BroadcastChannel("bench-memory");
  let sum = 0;
  channel.onmessage = ({ data }) => {
    if (typeof data.bytes === "number") sum += data.bytes;
  };
  channel.postMessage("how much?");
  await new Promise((resolve) => setTimeout(resolve, 200));
  channel.close();
  return sum;
};
