// How the single file gets its two programs: they stand in the page itself, packed with gzip and
// written as base64.

const modules = {};

/** A promise of the compiled program, `page` or `worker`. */
const compiled = (name) => (modules[name] ??= compiledFromPage(`kept-${name}`));

const compiledFromPage = async (id) => {
  if (typeof DecompressionStream === "undefined") throw failure("browser_too_old");
  const text = atob(document.getElementById(id).textContent);
  const packed = Uint8Array.from(text, (character) => character.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  return compiledFromBytes(await new Response(stream).arrayBuffer());
};
