"""Times generated queries on many invented events in DuckDB, in a process of its own each.

Usage: large.py PROGRAM [ROWS]   (100,000,000 unless told otherwise)

The table is made once, in a folder for temporary files; it takes about 1 GB of disk for 100 million rows.
"""

import json
import os
import subprocess
import sys
import tempfile
import time

import duckdb

SETTINGS = "SET threads TO 2; SET memory_limit = '2500MB'; SET preserve_insertion_order = false"

# Two years of two million users, who do five things in a row each time they come.
EVENTS = """
CREATE TABLE events AS
SELECT
  'u' || CAST(hash(i // 5) % 2000000 AS VARCHAR) AS user_id,
  TIMESTAMP '2024-01-01' + to_seconds(CAST(hash(i // 5 * 3 + 1) % 63072000 + 60 * (i % 5) AS BIGINT)) AS event_time,
  ['login', 'save', 'export', 'share', 'search', 'invite', 'print', 'comment'][CAST(1 + hash(i + 3) % 8 AS BIGINT)] AS event
FROM range({rows}) AS r(i)
"""

SAMPLE = """user_id,event_time,event
u1,2024-01-01 08:00:00,login
u2,2024-05-03 09:30:00,save
u1,2025-12-30 23:59:59,export
"""

FIGURES = [("active_users", {"period": {"unit": "month"}}), ("stickiness", {"period": {"unit": "month"}})]


def timed(path, query):
    """Runs a query in this process and tells what it took."""
    import resource

    connection = duckdb.connect(path, read_only=True)
    connection.execute(SETTINGS)
    began = time.monotonic()
    rows = connection.execute(query).fetchall()
    took = time.monotonic() - began
    used = resource.getrusage(resource.RUSAGE_SELF)
    cores = used.ru_utime + used.ru_stime
    print(f"{took:.1f} s, {cores:.1f} s of processors, {used.ru_maxrss / 1024:.0f} MB at most, {len(rows)} figures")


def main():
    if sys.argv[1] == "--one":
        return timed(sys.argv[2], sys.stdin.read())
    program, rows = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 100_000_000
    with tempfile.TemporaryDirectory(prefix="kept-sql-large-") as folder:
        path, sample = os.path.join(folder, "events.duckdb"), os.path.join(folder, "sample.csv")
        with open(sample, "w") as file:
            file.write(SAMPLE)
        began = time.monotonic()
        with duckdb.connect(path) as connection:
            connection.execute(SETTINGS)
            connection.execute(EVENTS.format(rows=rows))
        print(f"{rows} events in {os.path.getsize(path) / 1e6:.0f} MB, made in {time.monotonic() - began:.0f} s")
        for kpi, options in FIGURES:
            words = [program, "sql", sample, "--kpi", kpi, "--table", "sample.csv=events", "--options", json.dumps(options)]
            query = subprocess.run(words, capture_output=True, text=True, check=True).stdout
            told = subprocess.run([sys.executable, __file__, "--one", path], input=query, capture_output=True, text=True)
            print(kpi, told.stdout.strip() or told.stderr.strip()[-400:])


if __name__ == "__main__":
    main()
