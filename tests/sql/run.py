"""Runs every query that Kept writes and holds its figures against the engine's own.

Usage: run.py PROGRAM ENGINE…   (duckdb, postgresql, spark, parsed)

DuckDB gets all samples, the tables beside the repository where they are there, and random tables
with a few thousand segments, each of which is a table of its own. The other engines get a fixed set.
BigQuery and Snowflake are read by a parser that knows them.
"""

import glob
import os
import sys
import tempfile

import more_tables
import tables
from compare import Comparison, Kept, compare, loaded_back
from engines import DuckDb, PostgreSql, Spark

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SHARED = os.path.join(os.path.dirname(ROOT), "shared", "data")
ENGINES = {"duckdb": DuckDb, "postgresql": PostgreSql, "spark": Spark}

PERIODS = [{}, {"period": {"unit": "quarter"}}, {"period": {"unit": "week", "count": 4}}]

# Samples with the column by which their figures are split.
SAMPLES = {
    "nps_answers.csv": "Plan", "csat_answers.csv": None, "relationship_survey.csv": None,
    "shop_reviews.csv": None, "project_feedback.csv": None, "tickets.csv": "Priority", "events.csv": None,
    "visitors.csv": None, "shop_funnel.csv": None, "quality.csv": None, "jobs.csv": None,
    "subscriptions.csv": "plan", "customers.csv": None, "renewals.csv": "segment", "orders.csv": "country",
}

# Folders of tables beside the repository; what is in other folders are answers and faulty texts.
BESIDE = ["survey", "tickets", "subscriptions", "churn", "transactions", "events", "operations"]

# Tables of which something is asked, with the answers: what columns mean.
ANSWERED = {
    "sfo_customer_survey_2017.csv": {"NETPRO": {"role": "score", "question": "nps", "scale": [0, 10], "missing": [11]}},
}


def samples():
    for name, segment in SAMPLES.items():
        path = os.path.join(ROOT, "www", "samples", name)
        yield path, {"segment": segment} if segment else {}


def beside():
    for name in BESIDE:
        for path in sorted(glob.glob(os.path.join(SHARED, name, "**", "*.csv"), recursive=True)):
            answers = ANSWERED.get(os.path.basename(path))
            yield path, {"mapping": {os.path.basename(path): {"columns": answers}}} if answers else {}


def invented(folder, seeds):
    """Random tables, one file a kind and seed."""
    kinds = {
        "nps": lambda path, seed: tables.survey(path, seed, 0, 10, "nps"),
        "csat": lambda path, seed: tables.survey(path, seed, 1, 5, "csat"),
        "ces": lambda path, seed: tables.survey(path, seed, 1, 7, "ces"),
        "rating": lambda path, seed: tables.survey(path, seed, 1, 5, "rating"),
        "engagement": lambda path, seed: tables.survey(path, seed, 1, 5, "engagement"),
        "events": tables.events,
        "tickets": tables.tickets,
        **tables.MORE,
        **more_tables.MORE,
    }
    only = os.environ.get("KEPT_SQL_KINDS", "").split(",")
    for kind, make in kinds.items():
        if only != [""] and kind not in only:
            continue
        for seed in seeds:
            path = os.path.join(folder, f"{kind}_{seed}.csv")
            make(path, seed)
            options = {"segment": "batch", **tables.OPTIONS.get(kind, {}), **more_tables.OPTIONS.get(kind, {})}
            yield path, options
            for settings in more_tables.SETTINGS.get(kind, []):
                yield path, {**options, "settings": {**options.get("settings", {}), **settings}}


def rules(kept, path, options):
    """Choices of rules that between them choose every rule of every KPI."""
    found = kept.report([path], options)["findings"]
    known = {}
    for finding in found:
        own = known.setdefault(finding["kpi"], [finding["variant"]])
        own.extend(other["variant"] for other in finding["variants"] if other["variant"] not in own)
    most = max(map(len, known.values()), default=0)
    for place in range(most):
        yield {kpi: own[place] for kpi, own in known.items() if place < len(own)}


def run(kept, engine, cases, periods):
    comparison = Comparison()
    for path, options in cases:
        for period in periods:
            base = {**options, **period}
            name = f"{os.path.basename(path)} {period.get('period', {}).get('unit', 'default')}"
            for variants in rules(kept, path, base):
                wanted = {**base, "variants": variants, "kpis": sorted(variants)}
                compare(kept, name, [path], wanted, engine, comparison, engine.dialect)
    return comparison


def back(kept, engine, folder):
    comparison = Comparison()
    for path, options in samples():
        for period in PERIODS[:2]:
            name = f"{os.path.basename(path)} {period.get('period', {}).get('unit', 'default')}"
            loaded_back(kept, name, path, {**options, **period}, engine, comparison, folder)
    return comparison


def parsed(kept, cases):
    """Whether a parser that knows the dialect reads every query."""
    import sqlglot

    comparison = Comparison()
    for path, options in cases:
        for period in PERIODS:
            base = {**options, **period}
            for variants in rules(kept, path, base):
                for dialect in ("duckdb", "postgresql", "spark", "bigquery", "snowflake"):
                    wanted = {**base, "variants": variants, "kpis": sorted(variants)}
                    for query in kept.queries([path], wanted, dialect):
                        if query["sql"] is None:
                            continue
                        comparison.figures += 1
                        rule = (query["kpi"], query["variant"])
                        comparison.told[rule] = comparison.told.get(rule, 0) + 1
                        try:
                            read = sqlglot.parse(query["sql"], dialect=dialect.removesuffix("ql"))
                            if len([one for one in read if one]) != 1:
                                comparison.fault(f"{dialect} {query['file']}", "is not one statement")
                        except sqlglot.errors.SqlglotError as error:
                            comparison.fault(f"{dialect} {query['file']} ({query['variant']})", f"{error}"[:400])
    return comparison


def told(name, comparison):
    print(f"{name}: {comparison.figures} figures of {len(comparison.told)} rules compared, {len(comparison.faults)} differ")
    if os.environ.get("KEPT_SQL_RULES"):
        for (kpi, rule), count in sorted(comparison.told.items()):
            print(f"  {kpi} {rule}: {count}")
        for (kpi, rule), why in sorted(comparison.untold.items()):
            print(f"  {kpi} {rule}: no query, {', '.join(sorted(why))}")
    for fault in comparison.faults[:30]:
        print(f"  {fault}")
    return not comparison.faults and comparison.figures > 0


def main():
    program, *wanted = sys.argv[1:]
    kept = Kept(program)
    holds = True
    with tempfile.TemporaryDirectory(prefix="kept-sql-") as folder:
        for name in wanted:
            if name == "parsed":
                holds &= told(name, parsed(kept, samples()))
                continue
            engine = ENGINES[name]()
            try:
                if name == "duckdb":
                    # Thousands of tables: two files a kind, some hundred segments each.
                    holds &= told("duckdb, samples", run(kept, engine, samples(), PERIODS))
                    holds &= told("duckdb, results loaded back", back(kept, engine, folder))
                    holds &= told("duckdb, tables beside", run(kept, engine, beside(), PERIODS[:2]))
                    holds &= told("duckdb, random tables", run(kept, engine, invented(folder, (1, 2)), PERIODS[:2]))
                elif name == "postgresql":
                    holds &= told("postgresql, samples", run(kept, engine, samples(), PERIODS[:2]))
                    holds &= told("postgresql, random tables", run(kept, engine, invented(folder, (3,)), PERIODS[:1]))
                else:
                    holds &= told("spark, samples", run(kept, engine, samples(), PERIODS[1:2]))
            finally:
                engine.close()
    if not holds:
        sys.exit(1)


if __name__ == "__main__":
    main()
