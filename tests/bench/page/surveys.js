// Survey answers: the net promoter score with its counts, over everything, by month and by plan.

export const keptOptions = { segment: "plan" };

export const kpis = ["net_promoter_score"];

export const keptUpdates = {
  "other segment": { segment: "channel" },
  "other period": { period: { unit: "quarter" } },
};

export const figuresOfReport = (report) => {
  const { parts, value, series, segments } = report.findings.find(({ kpi }) => kpi === "net_promoter_score");
  const { promoters, passives, detractors } = parts;
  const figures = { rows: report.tables[0].rows.read, promoters, passives, detractors, score: value };
  for (const { start, value } of series) figures[`score ${start.slice(0, 7)}`] = value;
  for (const { is, value } of segments) figures[`score ${is}`] = value;
  return figures;
};

export const sql = (file) => `
  with answer as (
    select strftime(answered_at, '%Y-%m') as month, plan, score
    from read_csv('${file}', header = false, skip = 1, delim = ',', quote = '"', escape = '"', columns = {
      'response_id': 'VARCHAR', 'answered_at': 'TIMESTAMP', 'customer_id': 'VARCHAR', 'plan': 'VARCHAR',
      'channel': 'VARCHAR', 'score': 'TINYINT' })
  )
  select month, plan, count(*)::double as rows,
    (count(*) filter (score >= 9))::double as promoters,
    (count(*) filter (score between 7 and 8))::double as passives,
    (count(*) filter (score <= 6))::double as detractors
  from answer
  group by grouping sets ((), (month), (plan))`;

const scoreOf = ({ promoters, passives, detractors }) => (100 * (promoters - detractors)) / (promoters + passives + detractors);

export const figuresOfRows = (rows) => {
  const figures = {};
  for (const row of rows) {
    const group = row.month ?? row.plan;
    if (group) {
      figures[`score ${group}`] = scoreOf(row);
      continue;
    }
    const { promoters, passives, detractors } = row;
    Object.assign(figures, { rows: row.rows, promoters, passives, detractors, score: scoreOf(row) });
  }
  return figures;
};

/** The same in plain JavaScript, row by row. */
export const plainFigures = () => {
  const groups = new Map();
  let rows = 0;
  const count = (name, side) => {
    let group = groups.get(name);
    if (!group) groups.set(name, (group = { promoters: 0, passives: 0, detractors: 0 }));
    group[side] += 1;
  };
  return {
    add: (row) => {
      rows += 1;
      if (row[5] === "") return;
      const side = row[5] >= 9 ? "promoters" : row[5] >= 7 ? "passives" : "detractors";
      for (const name of ["", row[1].slice(0, 7), row[3]]) count(name, side);
    },
    finished: () => {
      const figures = { rows, ...groups.get("") };
      for (const [name, group] of groups) figures[name ? `score ${name}` : "score"] = scoreOf(group);
      return figures;
    },
  };
};
