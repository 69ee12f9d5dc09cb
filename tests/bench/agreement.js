// Whether all contestants did the same job: every figure of theirs must be that of the others.

const TOLERANCE = 1e-9;

const agree = (one, other) => Math.abs(one - other) <= TOLERANCE * Math.max(1, Math.abs(one));

/** Sentences on figures that are not the same; none when all agree. */
export const differences = (jobs) => {
  const found = [];
  let first = null;
  for (const [contestant, done] of jobs) {
    for (const { figures } of done) {
      if (!figures) continue;
      if (!first) {
        first = { contestant, figures };
        continue;
      }
      for (const name of new Set([...Object.keys(first.figures), ...Object.keys(figures)])) {
        if (agree(first.figures[name], figures[name])) continue;
        found.push(`${name}: ${first.contestant} ${first.figures[name]}, ${contestant} ${figures[name]}`);
      }
    }
  }
  return [...new Set(found)];
};
