// What users of a product do: users of each month, the share of them that is there on a mean day,
// and users of the last month by platform.

export const keptOptions = { segment: "platform", as_of: "2025-12-31" };

export const kpis = ["active_users", "stickiness"];

export const keptUpdates = {
  "other segment": { segment: "event" },
  "other period": { period: { unit: "quarter" } },
};

const LAST = "2025-12";

export const figuresOfReport = (report) => {
  const finding = (kpi) => report.findings.find((finding) => finding.kpi === kpi);
  const figures = { rows: report.tables[0].rows.used };
  const users = finding("active_users");
  for (const { start, value } of users.series) figures[`users ${start.slice(0, 7)}`] = value;
  for (const { is, value } of users.segments) figures[`users ${is}`] = value;
  for (const { start, value } of finding("stickiness").series) figures[`stickiness ${start.slice(0, 7)}`] = value;
  return figures;
};

export const sql = (file) => `
  with event as (
    select timestamp::date as day, user_id, platform
    from read_csv('${file}', header = true, delim = ',', quote = '"', escape = '"', columns = {
      'timestamp': 'TIMESTAMP', 'user_id': 'VARCHAR', 'account': 'VARCHAR', 'event': 'VARCHAR', 'platform': 'VARCHAR' })
  ), there as (
    select distinct date_trunc('month', day) as month, day, user_id from event
  ), month as (
    select month, count(distinct user_id) as users, count(*) as user_days, day(last_day(month)) as days from there group by month
  )
  select 'rows' as name, count(*)::double as value from event
  union all
  select 'users ' || strftime(month, '%Y-%m'), users::double from month
  union all
  select 'stickiness ' || strftime(month, '%Y-%m'), user_days / days / users from month
  union all
  select 'users ' || platform, count(distinct user_id)::double from event where day >= date '${LAST}-01' group by platform`;

export const figuresOfRows = (rows) => Object.fromEntries(rows.map(({ name, value }) => [name, value]));

/** The same in plain JavaScript, row by row. */
export const plainFigures = () => {
  const months = new Map();
  const platforms = new Map();
  let rows = 0;
  return {
    add: ([moment, user, , , platform]) => {
      rows += 1;
      const name = moment.slice(0, 7);
      let month = months.get(name);
      if (!month) months.set(name, (month = { users: new Set(), days: new Map() }));
      month.users.add(user);
      const day = moment.slice(8, 10);
      let there = month.days.get(day);
      if (!there) month.days.set(day, (there = new Set()));
      there.add(user);
      if (name !== LAST) return;
      if (!platforms.has(platform)) platforms.set(platform, new Set());
      platforms.get(platform).add(user);
    },
    finished: () => {
      const figures = { rows };
      for (const [name, { users, days }] of months) {
        const [year, month] = name.split("-").map(Number);
        const userDays = [...days.values()].reduce((sum, there) => sum + there.size, 0);
        figures[`users ${name}`] = users.size;
        figures[`stickiness ${name}`] = userDays / new Date(Date.UTC(year, month, 0)).getUTCDate() / users.size;
      }
      for (const [platform, users] of platforms) figures[`users ${platform}`] = users.size;
      return figures;
    },
  };
};
