// Types of <kept-kpis> and its API, version 1. What each field means stands in embedding.md.
// Objects of the report may have more fields than are named here; these stay.

export type Input = string | Blob | ArrayBuffer | ArrayBufferView | { name?: string; content: string | Blob | ArrayBuffer | ArrayBufferView };

export interface Options {
  as_of?: string | null;
  timezone?: string | null;
  calendar?: Calendar | null;
  currency?: string | null;
  exchange_rates?: Record<string, number> | null;
  locale?: string | null;
  period?: { unit: PeriodUnit; count?: number } | null;
  compare?: "previous" | "year_before" | "none" | null;
  segment?: string | null;
  filter?: { column: string; is: string[] }[] | null;
  kpis?: string[] | null;
  variants?: Record<string, string> | null;
  settings?: Record<string, unknown> | null;
  business_type?: "subscription" | "manufacturing" | "marketplace" | "services" | "retail" | "ecommerce" | "b2b" | null;
  precision?: Record<string, number> | null;
  targets?: Record<string, number | { value?: number; year?: number; segments?: Record<string, number> }> | null;
  joins?: Record<string, unknown> | null;
  year_starts?: number | null;
  mapping?: Record<string, TableMapping | null> | null;
  recipe?: Recipe;
}

export type PeriodUnit = "day" | "week" | "month" | "quarter" | "year";

export interface Calendar {
  days: Partial<Record<"mon" | "tue" | "wed" | "thu" | "fri" | "sat" | "sun", [from: string, to: string][]>>;
  holidays?: string[];
  timezone?: string;
}

export interface TableMapping {
  kind?: string | string[];
  columns?: Record<string, string | ColumnUse | null>;
  date_order?: "day_first" | "month_first";
  decimal?: "." | ",";
  missing?: (string | number)[];
  encoding?: string;
  delimiter?: string;
  header_row?: number;
  sheet?: string;
}

export interface ColumnUse {
  role: string;
  question?: "nps" | "csat" | "ces" | "rating" | "engagement";
  scale?: [low: number, high: number];
  direction?: "high_is_good" | "low_is_good";
  missing?: (string | number)[];
  yes?: string[];
  no?: string[];
  unit?: "seconds" | "minutes" | "hours" | "days" | "months" | "minor_units";
  date_order?: "day_first" | "month_first";
  decimal?: "." | ",";
  clock?: string;
}

/** Choices without data, to be kept for another day. */
export interface Recipe {
  recipe: 1;
  options: Options;
}

export interface Report {
  schema: 1;
  kept: string;
  as_of: string | null;
  timezone: string;
  currency: string | null;
  tables: Table[];
  findings: Finding[];
  notes: Note[];
  [more: string]: unknown;
}

export interface Table {
  name: string;
  kind: string | null;
  rows: { read: number; used: number; left_out: { reason: string; count: number; [more: string]: unknown }[] };
  columns: { name: string; role: string | null; [more: string]: unknown }[];
  questions: { code: string; column?: string; choices?: string[]; [more: string]: unknown }[];
  [more: string]: unknown;
}

export interface Finding {
  kpi: string;
  variant: string;
  edition: number;
  table: string;
  status: "ok" | "refused";
  refusal?: { code: string; message: string; hint: string };
  unit: string;
  value: number | null;
  n: number;
  interval?: { low: number; high: number; level: number; method: string } | null;
  parts: Record<string, number>;
  period: { start: string; end: string } | null;
  [more: string]: unknown;
}

export interface Note {
  code: string;
  table?: string;
  column?: string;
  count?: number;
  effect?: string;
  [more: string]: unknown;
}

export interface RowsQuery {
  table: string;
  finding?: string;
  bucket?: "used" | "left_out";
  reason?: string;
  column?: string;
  rule?: string;
  step?: number;
  term?: string;
  side?: string;
  account?: string;
  group?: string;
  from?: number;
  count?: number;
}

export interface Rows {
  table: string;
  columns: string[];
  total: number;
  from: number;
  rows: {
    row: number;
    line: number | null;
    byte: number | null;
    bucket: "used" | "left_out";
    reason: string | null;
    cells: (string | null)[];
    as_written: boolean;
    raw: string | null;
    faults: { column: string; code: string; found: string | null; expected: string }[];
  }[];
}

export interface About {
  id: string;
  edition: number;
  name: string;
  family: string;
  question: string;
  definition: string;
  formula: string;
  unit: string;
  [more: string]: unknown;
}

export interface CalculateQuery {
  kpi: string;
  variant?: string;
  terms: Record<string, number>;
  solve?: { term: string; target: number };
  settings?: Record<string, unknown>;
}

/** What a rejected promise carries. */
export interface KeptError extends Error {
  /** Stable; listed in codes.md. */
  code: string;
  /** What to do. */
  hint: string;
}

export interface KeptApiV1 {
  load(input: Input | Input[], options?: Options | null): Promise<Report>;
  update(options: Options): Promise<Report>;
  report(): Report | null;
  /** Empty until the event `kept-ready`. */
  kpis(): About[];
  recipe(): Recipe;
  rows(query: RowsQuery): Promise<Rows>;
  accounts(query?: Record<string, unknown>): Promise<Record<string, unknown>>;
  account(id: string, what?: { suppose?: Record<string, unknown> }): Promise<Record<string, unknown>>;
  backtest(query?: Record<string, unknown>): Promise<Record<string, unknown>>;
  calculate(query: CalculateQuery): Promise<Record<string, unknown>>;
  export(format: "json" | "markdown", what?: { kpi?: string }): Promise<Blob>;
  export(format: "csv", what?: { kpi?: string; ledger?: boolean }): Promise<Blob>;
  export(format: "svg" | "png", what: { kpi: string; chart?: "distribution" | "trend" | "segments" | "customers" }): Promise<Blob>;
  export(
    format: "sql",
    what?: {
      kpi?: string;
      rule?: string;
      dialect?: "duckdb" | "postgresql" | "spark" | "bigquery" | "snowflake";
      tables?: Record<string, string>;
    },
  ): Promise<Blob>;
  export(format: "html", what?: { names?: boolean; smallest?: number } | { rows: true }): Promise<Blob>;
  cancel(): void;
  destroy(): void;
}

export interface KeptKpisElement extends HTMLElement {
  /** The API in the version that a page was written for. */
  api(version: 1): KeptApiV1;
}

export interface KeptEvents {
  "kept-ready": CustomEvent<{ version: 1 }>;
  "kept-progress": CustomEvent<{ bytes_read: number; bytes_total: number; rows_read: number }>;
  "kept-report": CustomEvent<{
    as_of: string | null;
    tables: { kind: string | null; read: number; used: number }[];
    findings: { kpi: string; variant: string; status: "ok" | "refused"; value: number | null; n: number; [more: string]: unknown }[];
    notes: { code: string; count: number | null }[];
  }>;
  "kept-error": CustomEvent<{ code: string }>;
}

declare global {
  interface HTMLElementTagNameMap {
    "kept-kpis": KeptKpisElement;
  }
  interface HTMLElementEventMap extends KeptEvents {}
  interface DocumentEventMap extends KeptEvents {}
}
