// Support tickets: medians and percentiles of the hours to the first response and to the
// resolution, and satisfied answers of all, over everything, by month and by priority.
//
// Figures are a flat object of numbers, so that those of all contestants can be compared.

export const keptOptions = { segment: "priority" };

export const kpis = ["first_response_time", "resolution_time", "customer_satisfaction_score"];

export const keptUpdates = {
  "other segment": { segment: "channel" },
  "other period": { period: { unit: "quarter" } },
};

const HOURS = { first_response: "first_response_time", resolution: "resolution_time" };

export const figuresOfReport = (report) => {
  const finding = (kpi) => report.findings.find((finding) => finding.kpi === kpi);
  const figures = { rows: report.tables[0].rows.used };
  for (const [name, kpi] of Object.entries(HOURS)) {
    const { parts, series, segments } = finding(kpi);
    figures[`${name} count`] = parts.count;
    for (const percentile of ["median", "p75", "p90"]) figures[`${name} ${percentile}`] = parts[percentile];
    for (const { start, value } of series) figures[`${name} median ${start.slice(0, 7)}`] = value;
    for (const { is, value } of segments) figures[`${name} median ${is}`] = value;
  }
  const { parts, series, segments } = finding("customer_satisfaction_score");
  figures.rated = parts.rated;
  figures.satisfied = parts.satisfied;
  for (const { start, value } of series) figures[`satisfied ${start.slice(0, 7)}`] = value;
  for (const { is, value } of segments) figures[`satisfied ${is}`] = value;
  return figures;
};

// Columns are given with their types, so that DuckDB need not find them; only what is used is kept.
export const sql = (file) => `
  with ticket as (
    select strftime(created_at, '%Y-%m') as month, priority, csat,
      (epoch_us(first_response_at) - epoch_us(created_at)) / 3.6e9 as first_response,
      (epoch_us(resolved_at) - epoch_us(created_at)) / 3.6e9 as resolution
    from read_csv('${file}', header = true, delim = ',', quote = '"', escape = '"', columns = {
      'ticket_id': 'VARCHAR', 'created_at': 'TIMESTAMP', 'first_response_at': 'TIMESTAMP',
      'resolved_at': 'TIMESTAMP', 'priority': 'VARCHAR', 'channel': 'VARCHAR',
      'customer_id': 'VARCHAR', 'csat': 'TINYINT', 'comment': 'VARCHAR' })
  )
  select month, priority, count(*)::double as rows,
    count(first_response)::double as first_response_count,
    quantile_cont(first_response, [0.5, 0.75, 0.9]) as first_response,
    count(resolution)::double as resolution_count,
    quantile_cont(resolution, [0.5, 0.75, 0.9]) as resolution,
    count(csat)::double as rated,
    (count(*) filter (csat >= 4))::double as satisfied
  from ticket
  group by grouping sets ((), (month), (priority))`;

export const figuresOfRows = (rows) => {
  const figures = {};
  for (const row of rows) {
    const group = row.month ?? row.priority;
    for (const name of Object.keys(HOURS)) {
      const [median, p75, p90] = row[name];
      if (group) {
        figures[`${name} median ${group}`] = median;
        continue;
      }
      figures[`${name} count`] = row[`${name}_count`];
      Object.assign(figures, { [`${name} median`]: median, [`${name} p75`]: p75, [`${name} p90`]: p90 });
    }
    if (group) {
      figures[`satisfied ${group}`] = row.satisfied / row.rated;
    } else {
      Object.assign(figures, { rows: row.rows, rated: row.rated, satisfied: row.satisfied });
    }
  }
  return figures;
};

/** Hours and answers of one group of tickets. */
class Group {
  constructor() {
    this.first_response = [];
    this.resolution = [];
    this.rated = 0;
    this.satisfied = 0;
  }
}

const percentile = (sorted, share) => {
  const place = (sorted.length - 1) * share;
  const below = Math.floor(place);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (sorted[above] - sorted[below]) * (place - below);
};

/** The same in plain JavaScript, row by row. */
export const plainFigures = () => {
  const groups = new Map([["", new Group()]]);
  let rows = 0;
  const groupOf = (name) => {
    let group = groups.get(name);
    if (!group) groups.set(name, (group = new Group()));
    return group;
  };
  return {
    add: (row) => {
      rows += 1;
      const created = Date.parse(row[1]);
      const toGroups = [groups.get(""), groupOf(row[1].slice(0, 7)), groupOf(row[4])];
      const csat = row[7];
      for (const [name, text] of [["first_response", row[2]], ["resolution", row[3]]]) {
        if (text === "") continue;
        const hours = (Date.parse(text) - created) / 3_600_000;
        for (const group of toGroups) group[name].push(hours);
      }
      if (csat === "") return;
      for (const group of toGroups) {
        group.rated += 1;
        if (csat >= 4) group.satisfied += 1;
      }
    },
    finished: () => {
      const figures = { rows };
      for (const [group, kept] of groups) {
        for (const name of Object.keys(HOURS)) {
          const sorted = Float64Array.from(kept[name]).sort();
          if (group) {
            figures[`${name} median ${group}`] = percentile(sorted, 0.5);
            continue;
          }
          figures[`${name} count`] = sorted.length;
          figures[`${name} median`] = percentile(sorted, 0.5);
          figures[`${name} p75`] = percentile(sorted, 0.75);
          figures[`${name} p90`] = percentile(sorted, 0.9);
        }
        if (group) figures[`satisfied ${group}`] = kept.satisfied / kept.rated;
        else Object.assign(figures, { rated: kept.rated, satisfied: kept.satisfied });
      }
      return figures;
    },
  };
};
