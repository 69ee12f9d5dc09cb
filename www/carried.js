// A copy of kept.html with tables and a recipe in it: made here, and read here when it is opened.
//
// Tables stand in the page as the programs do, packed with gzip and written as base64 in script
// elements of a kind that no browser runs; so the policy of the page stays as it is.

/** Packed tables beyond this make a text that browsers refuse to hold. */
const MOST_PACKED_BYTES = 300e6;
/** A multiple of three, so that base64 written slice by slice is that of the whole. */
const SLICE_BYTES = 3 * 2 ** 20;

/** The blob packed with gzip, as base64: a list of texts. */
const packed = async (blob) => {
  if (typeof CompressionStream === "undefined") throw failure("browser_too_old");
  const bytes = await new Response(blob.stream().pipeThrough(new CompressionStream("gzip"))).blob();
  if (bytes.size > MOST_PACKED_BYTES) throw failure("tables_too_large");
  const texts = [];
  for (let start = 0; start < bytes.size; start += SLICE_BYTES) {
    texts.push(await base64(bytes.slice(start, start + SLICE_BYTES)));
  }
  return texts;
};

const base64 = (blob) =>
  new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result.slice(reader.result.indexOf(",") + 1));
    reader.onerror = () => reject(failure("file_unreadable"));
    reader.readAsDataURL(blob);
  });

/** Letters of base64 that are read at once: some milliseconds. A multiple of four. */
const LETTERS_AT_ONCE = 2 ** 20;

/** The bytes of a piece of base64. A loop, because a function called for every letter takes several times as long. */
const bytesOf = (text) => {
  const letters = atob(text);
  const bytes = new Uint8Array(letters.length);
  for (let place = 0; place < letters.length; place += 1) bytes[place] = letters.charCodeAt(place);
  return bytes;
};

/** What `packed` was made of. Between pieces the page has its turn. */
const unpacked = async (text) => {
  const slices = [];
  for (let start = 0; start < text.length; start += LETTERS_AT_ONCE) {
    if (start > 0) await new Promise((resolve) => setTimeout(resolve));
    slices.push(bytesOf(text.slice(start, start + LETTERS_AT_ONCE)));
  }
  return new Response(new Blob(slices).stream().pipeThrough(new DecompressionStream("gzip"))).blob();
};

/** kept.html with these tables (`{ name, blob }`) and this recipe (JSON) in it. */
const carrying = async (tables, recipe) => {
  const { before, after } = await singleFile();
  const list = JSON.stringify({ recipe: JSON.parse(recipe), names: tables.map(({ name }) => name) });
  const parts = [...before, `<script type="application/json" id="kept-carried">${list.replaceAll("<", "\\u003c")}<\/script>\n`];
  for (const [place, { blob }] of tables.entries()) {
    parts.push(`<script type="text/plain" id="kept-table-${place}">`, ...(await packed(blob)), "<\/script>\n");
  }
  return new Blob([...parts, ...after], { type: "text/html;charset=utf-8" });
};

/** The tables and the recipe in this page; null where there are none. */
const carried = async () => {
  const list = carries ? document.getElementById("kept-carried") : null;
  if (!list) return null;
  try {
    const { recipe, names } = JSON.parse(list.textContent);
    const text = (place) => document.getElementById(`kept-table-${place}`).textContent;
    const blobs = await Promise.all(names.map((_, place) => unpacked(text(place))));
    return {
      recipe: JSON.stringify(recipe),
      inputs: names.map((name, place) => ({ name, content: blobs[place] })),
    };
  } catch {
    throw failure("carried_damaged");
  }
};
