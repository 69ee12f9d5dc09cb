// The hosted form: its two programs are files beside this script, whose names the bundler fills in.
// Both are fetched at most once, and their bytes are kept for the one case that asks for them: a
// copy of the single file, for which nothing may be fetched any more.
//
// The bundler gives it SHELL, the text of kept.html around what it holds; SINGLE_FORM, the text of
// single_form.js; and SCRIPT_LENGTH, how long the script of kept.html is.
({ failure, compiledFromBytes, packed }) => {
  const ADDRESSES = {
    page: new URL("./{page}", import.meta.url),
    worker: new URL("./{worker}", import.meta.url),
  };
  const modules = {};
  const files = {};

  const compiledFrom = async (name) => {
    const address = ADDRESSES[name];
    if (address.protocol === "file:") throw failure("file_protocol");
    let response;
    try {
      response = await fetch(address);
    } catch {
      throw failure("wasm_download_failed");
    }
    if (!response.ok) throw failure("wasm_not_found", `The server answered ${response.status}.`);
    files[name] = response.clone().blob();
    files[name].catch(() => {}); // compiling says it
    try {
      return await WebAssembly.compileStreaming(response);
    } catch {
      // A server that does not say application/wasm, or an old browser: try the plain way.
      const bytes = await files[name].then((file) => file.arrayBuffer()).catch(() => null);
      if (!bytes) throw failure("wasm_download_failed");
      return compiledFromBytes(bytes);
    }
  };

  return {
    carries: false,
    compiled: (name) => (modules[name] ??= compiledFrom(name)),
    singleFile: async () => {
      const script = `\n(() => {\nconst KEPT = ${KEPT};\nKEPT(${SINGLE_FORM});\n})();\n`;
      // Another tool has changed this script: the policy of the single file would not let it run.
      if (script.length !== SCRIPT_LENGTH) throw failure("not_whole");
      const [page, worker] = await Promise.all(["page", "worker"].map(async (name) => packed(await files[name])));
      return {
        before: [SHELL[0], ...page, SHELL[1], ...worker, SHELL[2]],
        after: ["<script>", script, "</script>", SHELL[3]],
      };
    },
  };
}
