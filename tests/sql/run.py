"""Runs every query that Kept writes and holds its figures against the engine's own.

Usage: run.py PROGRAM [--long] ENGINE…   (duckdb, postgresql, spark, parsed)

DuckDB gets all samples, the tables beside the repository where they are there, and random tables, of
which each segment is a table of its own: some thousand, and with --long some ten thousand. The other
engines get a fixed set. BigQuery and Snowflake are read by a parser that knows them. Two processes
share the work.
"""

import concurrent.futures
import glob
import os
import subprocess
import sys
import tempfile
import time

import more_tables
import tables
from compare import Comparison, Kept, compare, expected_columns, loaded_back
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


KINDS = {
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


def invented(folder, seeds, kinds=KINDS, again=True):
    """Random tables, one file a kind and seed; `again`: asked once more under each of their other settings."""
    for kind in kinds:
        for seed in seeds:
            path = os.path.join(folder, f"{kind}_{seed}.csv")
            KINDS[kind](path, seed)
            options = {"segment": "batch", **tables.OPTIONS.get(kind, {}), **more_tables.OPTIONS.get(kind, {})}
            yield path, options
            if not again:
                continue
            for settings in more_tables.SETTINGS.get(kind, []):
                yield path, {**options, "settings": {**options.get("settings", {}), **settings}}
            if kind in more_tables.FILTERED:
                yield path, {**options, "filter": [{"column": "batch", "is": [f"s{number}" for number in range(0, 300, 3)]}]}


def together(folder, seeds, most):
    """Random tables of spending, each beside every kind of table of customers, and a log beside who may use what.
    Segments of spending are fewer."""
    for seed in seeds:
        tables.SEGMENTS = most
        pair = [os.path.join(folder, f"{kind}_{seed}.csv") for kind in ("events", "members")]
        for kind, path in zip(("events", "members"), pair):
            KINDS[kind](path, seed)
        for settings in ({}, {"feature_adoption_rate.feature": "save", "feature_adoption_rate.least_uses": 2}):
            yield pair, {"segment": "batch", "kpis": ["feature_adoption_rate", "active_users"], "settings": settings, "as_of": "2024-05-31"}
        for spending, make in more_tables.SPENDING.items():
            tables.SEGMENTS = max(3, most // 4)
            first = os.path.join(folder, f"{spending}_{seed}.csv")
            make(first, seed)
            tables.SEGMENTS = most
            for number, kind in enumerate(more_tables.SECOND):
                second = os.path.join(folder, f"{kind}_{seed}.csv")
                KINDS[kind](second, seed)
                settings = more_tables.TOGETHER_SETTINGS[number % 2]
                # The last day of the spending: the other table goes on.
                options = {**tables.OPTIONS.get(kind, {}), "segment": "batch", "kpis": more_tables.TOGETHER, "as_of": "2025-06-30"}
                options["settings"] = {**options.get("settings", {}), **settings}
                yield [first, second], options
                if kind in more_tables.FILTERED:
                    yield [first, second], {**options, "filter": [{"column": "batch", "is": [f"s{it}" for it in range(0, most, 2)]}]}


def rules(kept, paths, options):
    """Choices of rules that between them choose every rule of every KPI."""
    found = kept.report(paths, options)["findings"]
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
        paths = path if isinstance(path, list) else [path]
        for period in periods:
            base = {**options, **period}
            tables_named = " + ".join(map(os.path.basename, paths))
            name = f"{tables_named} {period.get('period', {}).get('unit', 'default')}"
            for variants in rules(kept, paths, base):
                wanted = {**base, "variants": variants, "kpis": sorted(variants)}
                compare(kept, name, paths, wanted, engine, comparison, engine.dialect)
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
        paths = path if isinstance(path, list) else [path]
        for period in PERIODS:
            base = {**options, **period}
            for variants in rules(kept, paths, base):
                for dialect in ("duckdb", "postgresql", "spark", "bigquery", "snowflake"):
                    wanted = {**base, "variants": variants, "kpis": sorted(variants)}
                    for query in kept.queries(paths, wanted, dialect):
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


def folder_of_queries(kept, dialect):
    """Whether each query of a folder runs by the command that its README.txt gives; of those for Spark, which
    starts anew for each, the first and the last."""
    comparison = Comparison()
    path = os.path.join(ROOT, "www", "samples", "tickets.csv")
    queries = kept.queries([path], {"segment": "Priority"}, dialect)
    engine = ENGINES[dialect]()
    with tempfile.TemporaryDirectory(prefix="kept-sql-folder-") as folder:
        words = [kept.program, "sql", path, "--segment", "Priority", "--dialect", dialect, "--out", folder]
        subprocess.run(words, check=True, capture_output=True)
        with open(os.path.join(folder, "README.txt")) as file:
            readme = file.read()
        engine.load([path], expected_columns(queries))
        given = next(line.strip() for line in readme.splitlines() if "FILE.sql" in line)
        written = [query["file"] for query in queries if query["sql"]]
        tried = {written[0], written[-1]} if dialect == "spark" else set(written)
        for query in queries:
            comparison.figures += 1
            if query["sql"] is None:
                if query["reason"] not in readme:
                    comparison.fault(query["file"], "README.txt does not say why there is no query")
                continue
            comparison.told[(query["kpi"], query["variant"])] = 1
            if query["file"] not in readme:
                comparison.fault(query["file"], "is not in README.txt")
            if query["file"] not in tried:
                continue
            lines = engine.by_command(given, os.path.join(folder, query["file"]))
            if not any(query["kpi"] in line and "period" in line for line in lines):
                comparison.fault(query["file"], f"{given} gives no figure of the period: {lines[:3]}")
    engine.close()
    return comparison


def told(name, comparison):
    print(f"{name}: {comparison.figures} figures of {len(comparison.told)} rules compared, {len(comparison.faults)} differ", flush=True)
    if os.environ.get("KEPT_SQL_RULES"):
        for (kpi, rule), count in sorted(comparison.told.items()):
            print(f"  {kpi} {rule}: {count}")
        for (kpi, rule), why in sorted(comparison.untold.items()):
            print(f"  {kpi} {rule}: no query, {', '.join(sorted(why))}")
    for fault in comparison.faults[:30]:
        print(f"  {fault}")
    return not comparison.faults and comparison.figures > 0


def chunks(kinds, count):
    """The kinds in so many parts that take about as long."""
    kinds = sorted(kinds, key=lambda kind: (-len(more_tables.SETTINGS.get(kind, [])), kind))
    return [kinds[place::count] for place in range(count)]


def jobs(wanted, long):
    """What is to be done, the longest first: a name, and what `work` takes."""
    seeds, most = ((1, 2), 300) if long else ((1,), 40)
    listed = []
    if "spark" in wanted:
        listed.append(("spark, samples", ("spark", "samples", 1, 2)))
    if "duckdb" in wanted:
        listed.append(("duckdb, two tables", ("duckdb", "together", most // 2, seeds)))
        for number, kinds in enumerate(chunks(KINDS, 6)):
            listed.append((f"duckdb, random tables {number + 1}", ("duckdb", "random", most, seeds, kinds)))
    if "spark" in wanted and long:
        listed.append(("spark, two tables", ("spark", "together", 12, (3,))))
    if "postgresql" in wanted:
        listed.append(("postgresql, two tables", ("postgresql", "together", 12, (3,))))
        listed.append(("postgresql, random tables", ("postgresql", "random", 20, (3,), list(KINDS))))
        listed.append(("postgresql, samples", ("postgresql", "samples", 0, 2 if long else 1)))
    if "duckdb" in wanted:
        listed.append(("duckdb, samples", ("duckdb", "samples", 0, 3)))
        listed.append(("duckdb, tables beside", ("duckdb", "beside", 0, 2)))
        listed.append(("duckdb, results loaded back", ("duckdb", "back")))
        listed.append(("duckdb, a folder of queries", ("duckdb", "folder")))
    # Spark takes long to start.
    by_command = ["postgresql", "spark"] if long else ["postgresql"]
    listed.extend((f"{engine}, a folder of queries", (engine, "folder")) for engine in wanted if engine in by_command)
    if "parsed" in wanted:
        listed.append(("parsed", ("parsed",)))
    return listed


def work(program, long, name, of):
    """One job, in a process and an engine of its own."""
    began = time.monotonic()
    kept = Kept(program)
    if of[0] == "parsed":
        with tempfile.TemporaryDirectory(prefix="kept-sql-") as folder:
            cases = [*samples(), *together(folder, (1,), 4)]
            return name, parsed(kept, cases), time.monotonic() - began
    if of[1] == "folder":
        return name, folder_of_queries(kept, of[0]), time.monotonic() - began
    engine = ENGINES[of[0]]()
    try:
        with tempfile.TemporaryDirectory(prefix="kept-sql-") as folder:
            if of[1] == "random":
                tables.SEGMENTS = of[2]
                only_first = of[0] == "postgresql"
                cases = invented(folder, of[3], of[4], not only_first)
                found = run(kept, engine, cases, PERIODS[: 1 if only_first else 2])
            elif of[1] == "together":
                found = run(kept, engine, together(folder, of[3], of[2]), PERIODS[0 if of[0] == "duckdb" else 1 : 2])
            elif of[1] == "back":
                found = back(kept, engine, folder)
            else:
                cases = samples() if of[1] == "samples" else beside()
                found = run(kept, engine, cases, PERIODS[of[2] : of[3]])
    finally:
        engine.close()
    return name, found, time.monotonic() - began


def main():
    program, *wanted = sys.argv[1:]
    long = "--long" in wanted
    holds = True
    with concurrent.futures.ProcessPoolExecutor(2) as pool:
        done = [pool.submit(work, program, long, name, of) for name, of in jobs(wanted, long)]
        for one in concurrent.futures.as_completed(done):
            name, comparison, seconds = one.result()
            holds &= told(f"{name} ({seconds:.0f} s)", comparison)
    if not holds:
        sys.exit(1)


if __name__ == "__main__":
    main()
