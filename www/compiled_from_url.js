// How the hosted form gets its two programs: files beside this script, whose names the bundler
// fills in. Both are fetched at most once.

const ADDRESSES = {
  page: new URL("./{page}", import.meta.url),
  worker: new URL("./{worker}", import.meta.url),
};
const modules = {};

/** A promise of the compiled program, `page` or `worker`. */
const compiled = (name) => (modules[name] ??= compiledFromUrl(ADDRESSES[name]));

const compiledFromUrl = async (address) => {
  if (address.protocol === "file:") throw failure("file_protocol");
  let response;
  try {
    response = await fetch(address);
  } catch {
    throw failure("wasm_download_failed");
  }
  if (!response.ok) throw failure("wasm_not_found", `The server answered ${response.status}.`);
  try {
    return await WebAssembly.compileStreaming(response.clone());
  } catch {
    // A server that does not say application/wasm, or an old browser: try the plain way.
    return compiledFromBytes(await response.arrayBuffer());
  }
};
