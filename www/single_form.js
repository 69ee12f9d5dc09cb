// The single file: its two programs stand in the page itself, packed with gzip and written as
// base64. So may tables, which it then loads.
({ failure, compiledFromBytes, unpacked }) => {
  const modules = {};
  // As the page was before anything else, an extension of the browser say, came into it.
  const script = document.currentScript;
  const head = [...document.head.children];

  const compiledFrom = async (id) => {
    if (typeof DecompressionStream === "undefined") throw failure("browser_too_old");
    const file = await unpacked(document.getElementById(id).textContent);
    return compiledFromBytes(await file.arrayBuffer());
  };

  return {
    carries: true,
    compiled: (name) => (modules[name] ??= compiledFrom(`kept-${name}`)),
    singleFile: async () => {
      const markup = (nodes) => nodes.flatMap((node) => [node.outerHTML, "\n"]);
      const element = document.querySelector("kept-kpis").cloneNode(true);
      for (const name of ["src", "recipe"]) element.removeAttribute(name);
      const programs = ["kept-page", "kept-worker"].map((id) => document.getElementById(id));
      return {
        before: [
          '<!doctype html>\n<html lang="en">\n<head>\n', ...markup(head), "</head>\n<body>\n",
          ...markup([element, ...programs]),
        ],
        after: [...markup([script]), "</body>\n</html>\n"],
      };
    },
  };
}
