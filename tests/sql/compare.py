"""Whether queries give the engine's figures: a report and its queries on the same table, row by row."""

import json
import os
import re
import subprocess

SECOND_TABLE = re.compile(r"^-- Second table: (.+)\. Columns:$")
EXPECTED_COLUMN = re.compile(r'^--   (["`])((?:\1\1|(?!\1).)*)\1 (.+)$')

# Counts and whole numbers must be equal; anything else may differ by rounding.
RELATIVE = 1e-9
ABSOLUTE = 1e-11


class Kept:
    """The program for a command line."""

    def __init__(self, program):
        self.program = program

    def run(self, *words):
        done = subprocess.run([self.program, *map(str, words)], capture_output=True, text=True)
        if done.returncode == 2 and "(nothing_loaded)" in done.stderr:
            return []  # of a table that no query can be asked of
        if done.returncode not in (0, 1):
            raise RuntimeError(f"kept {' '.join(map(str, words))}: {done.stderr}")
        return json.loads(done.stdout)

    def report(self, paths, options):
        return self.run("report", *paths, "--options", json.dumps(options))

    def queries(self, paths, options, dialect="duckdb"):
        return self.run(
            "sql", *paths, "--options", json.dumps(options), "--format", "json", "--dialect", dialect
        )


def expected_columns(queries):
    """Table -> column -> type, as the heads of its queries expect them; a number or a moment wins over a text."""
    found = {}
    for query in queries:
        table = query["table"]
        for line in (query["sql"] or "").splitlines():
            second = SECOND_TABLE.match(line)
            table = second.group(1) if second else table
            match = EXPECTED_COLUMN.match(line)
            if match:
                mark, name, kind = match.groups()
                columns = found.setdefault(table, {})
                name = name.replace(mark * 2, mark)
                if columns.get(name, "").upper() in ("", "VARCHAR", "TEXT", "STRING"):
                    columns[name] = kind
    return found


def key(figure):
    return tuple(figure.get(name) for name in ("kpi", "table", "column", "question"))


def close(found, wanted):
    if found is None or wanted is None:
        return found is None and wanted is None
    found, wanted = float(found), float(wanted)
    return abs(found - wanted) <= ABSOLUTE + RELATIVE * max(abs(found), abs(wanted))


def day(value):
    return None if value is None else str(value)[:10]


class Comparison:
    """What was compared, and what differs."""

    def __init__(self):
        self.figures = 0
        self.told = {}
        self.untold = {}
        self.faults = []

    def fault(self, where, what):
        self.faults.append(f"{where}: {what}")

    def one(self, name, finding, query, rows):
        where = f"{name} {finding['kpi']} ({finding['variant']})"
        if finding.get("column"):
            where += f" of {finding['column']}"
        if query["variant"] != finding["variant"]:
            return self.fault(where, f"the query is of the rule {query['variant']}")
        rule = (finding["kpi"], finding["variant"])
        before = self.figures
        heads = [row for row in rows if row["covers"] == "period" and row["value"] is not None]
        if finding["status"] != "ok":
            if heads:
                self.fault(where, f"refused ({finding['refusal']['code']}), but the query gives {heads[0]['value']}")
            return None
        if len(heads) != 1:
            return self.fault(where, f"{len(heads)} rows for the period; {finding['value']} is expected")
        self.headline(where, finding, heads[0])
        by_end = {day(row["period_end"]): row for row in rows if row["covers"] == "unit"}
        self.points(f"{where} unit", finding["series"], by_end, end_of_units(finding["series"], by_end))
        of_segments = {row["segment"] or "": row for row in rows if row["covers"] == "segment"}
        self.points(f"{where} segment", finding["segments"], of_segments, lambda point: point["is"].strip())
        self.told[rule] = self.told.get(rule, 0) + self.figures - before
        return None

    def headline(self, where, finding, row):
        self.number(where, row["value"], finding["value"])
        self.number(f"{where} n", row["n"], finding["n"])
        interval = finding.get("interval")
        if row["interval_low"] is not None:
            if not interval:
                self.fault(where, "an interval that the engine does not give")
            else:
                self.number(f"{where} low", row["interval_low"], interval["low"])
                self.number(f"{where} high", row["interval_high"], interval["high"])
        period = finding.get("period")
        if period:
            found = (day(row["period_start"]), day(row["period_end"]))
            if found != (period["start"], period["end"]):
                self.fault(where, f"the period is {found}, not {period}")
        for part, value in row.items():
            if part in finding["parts"]:
                self.number(f"{where} {part}", value, finding["parts"][part])

    def points(self, where, points, rows, key_of):
        seen = set()
        for point in points:
            at = key_of(point)
            seen.add(at)
            row = rows.get(at)
            found = row and row["value"]
            self.number(f"{where} {at}", found, point["value"])
            if row and point["value"] is not None:
                self.number(f"{where} {at} n", row["n"], point["n"])
                if row["interval_low"] is not None:
                    self.number(f"{where} {at} low", row["interval_low"], point["low"])
                    self.number(f"{where} {at} high", row["interval_high"], point["high"])
        for at, row in rows.items():
            if at not in seen and row["value"] is not None and len(points) < 500:
                self.fault(f"{where} {at}", f"the query gives {row['value']}, the engine nothing")

    def number(self, where, found, wanted):
        self.figures += 1
        if not close(found, wanted):
            self.fault(where, f"{found} is not {wanted}")


def end_of_units(series, by_end):
    """The end of the unit that begins on the day of a point: the beginning of the next one."""
    starts = [point["start"] for point in series]
    ends = dict(zip(starts, starts[1:]))
    known = set(ends.values())
    last = [end for end in sorted(by_end) if end not in known and (not starts or end > starts[-1])]

    def end(point):
        start = point["start"]
        return ends.get(start) or (last[0] if last else None)

    return end


def compare(kept, name, paths, options, run, comparison, dialect="duckdb"):
    """Compares every finding of a report; `run` gives the rows of a query as dictionaries."""
    report = kept.report(paths, options)
    queries = kept.queries(paths, options, dialect)
    by_key = {key(query): query for query in queries}
    run.load(paths, expected_columns(queries))
    for finding in report["findings"]:
        query = by_key.get(key(finding))
        if query is None:
            if finding["status"] == "ok":
                comparison.fault(f"{name} {finding['kpi']}", "there is neither a query nor a reason")
            continue
        if query["sql"] is None:
            rule = (finding["kpi"], finding["variant"])
            comparison.untold.setdefault(rule, set()).add(query["reason"])
            continue
        try:
            rows = run.rows(query["sql"])
        except Exception as error:  # a query that does not run is what is looked for
            comparison.fault(f"{name} {finding['kpi']} ({finding['variant']})", f"{error}"[:600])
            continue
        comparison.one(name, finding, query, rows)


def loaded_back(kept, name, path, options, run, comparison, folder):
    """Whether the rows of queries, as files, are the same figures again: value, course, segments, the period before."""
    report = kept.report([path], options)
    by_key = {key(query): query for query in kept.queries([path], options)}
    run.load([path], expected_columns(by_key.values()))
    own = {}
    for number, finding in enumerate(report["findings"]):
        query = by_key.get(key(finding))
        if finding["status"] != "ok" or query is None or query["sql"] is None:
            continue
        file = f"{folder}/{number}_{finding['kpi']}.csv"
        run.save(query["sql"], file)
        own[os.path.basename(file)] = (file, finding)
    if not own:
        return
    again = kept.report([file for file, _ in own.values()], {})
    told = {found["table"]: found for found in again["findings"]}
    for table, (_, finding) in own.items():
        where = f"{name} {finding['kpi']} ({finding['variant']}) loaded back"
        found = told.get(table)
        if found is None or found["variant"] != finding["variant"]:
            comparison.fault(where, "is not there")
            continue
        rule = (finding["kpi"], finding["variant"])
        comparison.told[rule] = comparison.told.get(rule, 0) + 1
        comparison.number(where, found["value"], finding["value"])
        comparison.number(f"{where} n", found["n"], finding["n"])
        if found["period"] != finding["period"]:
            comparison.fault(where, f"{found['period']} is not {finding['period']}")
        before, then = found["previous"], finding["previous"]
        comparison.number(f"{where} before", before and before["value"], then and then["value"])
        for field, at in (("series", "start"), ("segments", "is")):
            points = {point[at]: point for point in found[field] if point["value"] is not None}
            for point in finding[field]:
                other = points.pop(point[at], {})
                comparison.number(f"{where} {point[at]}", other.get("value"), point["value"])
                if point["value"] is not None:
                    comparison.number(f"{where} {point[at]} n", other.get("n"), point["n"])
            if points:
                comparison.fault(where, f"more of {field} than the engine tells: {sorted(points)[:3]}")
