//! What `kept --help` says.

/// The whole text.
pub(super) const HELP: &str = "\
Customer-success KPIs from your own tables, worked out on this machine. Nothing is sent.

kept report [FILE…]       a report on these tables; no FILE, or -: standard input
  --format F              json (default), csv, markdown or html
  --output FILE           write there instead of to standard output
  --recipe FILE           what was chosen on the page: meanings of columns, rules, targets, period
  --options JSON          any option of the API, such as '{\"period\":{\"unit\":\"quarter\"}}'
  --as-of YYYY-MM-DD      the last day that counts; absent: the last date in the data
  --kpi ID                only this KPI; may be given several times
  --segment COLUMN        the column by which figures are split
  --timezone ZONE         such as Europe/Berlin; absent: UTC
  --currency CODE         such as EUR, where no column says it
  --name NAME             what standard input is called, in reports and recipes; absent: pasted
  --names                 html only: name segments instead of numbering them
  --smallest N            html only: withhold counts below N (5)

kept sql [FILE…]          the same figures as queries for an engine that holds the data
  --dialect D             duckdb (default), postgresql, spark, bigquery or snowflake
  --rule ID               the rule of --kpi; absent: the one in force
  --table FILE=TABLE      what a table is called there, such as events.csv=analytics.events
  --out DIR               a file a query and a README.txt; absent: one text to standard output
  --format json           a list of the queries, and why others are not told as SQL
  --recipe, --options, --as-of, --kpi, --segment and so on as above

kept --help, kept --version

What stands beside a recipe wins: words of their own before --options, these before --recipe.
Files are CSV or any text with one character between cells, JSON, workbooks (.xlsx), and gzip of these.
json is the same, byte for byte, as export(\"json\") in a browser. csv has one line a figure.
html is the file without rows that the page shares: no script, no cell, small counts withheld.
Progress is told on standard error where that is a terminal.

Ends with
  0  a report with at least one figure
  1  a report without any: all are refused, or no table is of a known kind; no query
  2  words, options or the recipe that cannot be followed
  3  something that cannot be read: a file that is not there, a table that is none
  4  something that cannot be written
";
