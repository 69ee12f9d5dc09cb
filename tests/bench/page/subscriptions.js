// Subscriptions over sixty months: what customers pay a month at the end of each month, the share of
// customers lost in each month, and what they pay at the end by plan.

export const keptOptions = { segment: "plan", as_of: "2025-12-31" };

export const kpis = ["monthly_recurring_revenue", "customer_churn_rate"];

export const keptUpdates = {
  "other segment": { segment: "region" },
  "other period": { period: { unit: "quarter" } },
};

const LAST = "2025-12";

export const figuresOfReport = (report) => {
  const finding = (kpi) => report.findings.find((finding) => finding.kpi === kpi);
  const figures = { rows: report.tables[0].rows.used };
  const revenue = finding("monthly_recurring_revenue");
  for (const { start, value } of revenue.series) figures[`revenue ${start.slice(0, 7)}`] = value;
  for (const { is, value } of revenue.segments) figures[`revenue ${is}`] = value;
  for (const { start, value } of finding("customer_churn_rate").series) {
    if (value !== null) figures[`lost ${start.slice(0, 7)}`] = value;
  }
  return figures;
};

// Who pays on the last day of each month; lost is who pays at the end of a month and not at that of the next.
export const sql = (file) => `
  with subscription as (
    select customer_id, plan, monthly_amount as amount, started_on, coalesce(ended_on, date '9999-12-31') as ended_on
    from read_csv('${file}', header = true, delim = ',', quote = '"', escape = '"', columns = {
      'subscription_id': 'VARCHAR', 'customer_id': 'VARCHAR', 'plan': 'VARCHAR', 'region': 'VARCHAR',
      'monthly_amount': 'DOUBLE', 'started_on': 'DATE', 'ended_on': 'DATE' })
  ), month as (
    select start::date as start, (start + interval 1 month - interval 1 day)::date as last
    from range(timestamp '2021-01-01', timestamp '2026-01-01', interval 1 month) months(start)
  ), paid as (
    select start, customer_id, sum(amount) as amount
    from month join subscription on started_on <= last and ended_on > last
    group by start, customer_id
  ), lost as (
    select before.start, count(*) as customers, count(*) filter (later.customer_id is null) as lost
    from paid before left join paid later
      on later.customer_id = before.customer_id and later.start = before.start + interval 1 month
    where before.start < date '${LAST}-01'
    group by before.start
  )
  select 'rows' as name, count(*)::double as value from subscription
  union all
  select 'revenue ' || strftime(start, '%Y-%m'), sum(amount) from paid group by start
  union all
  select 'revenue ' || plan, sum(amount) from subscription where ended_on > date '${LAST}-31' group by plan
  union all
  select 'lost ' || strftime(start + interval 1 month, '%Y-%m'), lost / customers from lost`;

export const figuresOfRows = (rows) => Object.fromEntries(rows.map(({ name, value }) => [name, value]));

const FIRST_YEAR = 2021;
const MONTHS = 60;

const monthOf = (day) => 12 * (day.slice(0, 4) - FIRST_YEAR) + Number(day.slice(5, 7)) - 1;
const written = (month) => `${FIRST_YEAR + Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, "0")}`;

/** The same in plain JavaScript, row by row. */
export const plainFigures = () => {
  const revenue = new Float64Array(MONTHS);
  const byPlan = new Map();
  const customers = new Map();
  let rows = 0;
  return {
    add: (row) => {
      rows += 1;
      const [, customer, plan] = row;
      const amount = Number(row[4]);
      const end = row[6] === "" ? MONTHS : monthOf(row[6]);
      let paid = customers.get(customer);
      if (!paid) customers.set(customer, (paid = new Uint8Array(MONTHS)));
      // Who starts within a month pays at its end, unless it is over by then.
      for (let month = monthOf(row[5]); month < end; month += 1) {
        revenue[month] += amount;
        paid[month] = 1;
      }
      if (end === MONTHS) byPlan.set(plan, (byPlan.get(plan) ?? 0) + amount);
    },
    finished: () => {
      const figures = { rows };
      const opening = new Float64Array(MONTHS);
      const lost = new Float64Array(MONTHS);
      for (const paid of customers.values()) {
        for (let month = 1; month < MONTHS; month += 1) {
          opening[month] += paid[month - 1];
          if (paid[month - 1] && !paid[month]) lost[month] += 1;
        }
      }
      for (const [plan, amount] of byPlan) figures[`revenue ${plan}`] = amount;
      for (let month = 0; month < MONTHS; month += 1) {
        if (revenue[month] > 0) figures[`revenue ${written(month)}`] = revenue[month];
        if (opening[month] > 0) figures[`lost ${written(month)}`] = lost[month] / opening[month];
      }
      return figures;
    },
  };
};
