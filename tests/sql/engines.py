"""Engines that run the queries of the tests. All of them get their tables from DuckDB, which reads the
files as the heads of the queries expect their columns."""

import glob
import os
import shutil
import subprocess
import sys
import tempfile

import duckdb

# The words that Kept reads as nothing and that tables of the tests hold.
NOTHING = "('', '-', 'n/a', 'na', 'nan', 'none', 'null', 'unknown', 'missing', '?', '(not set)', 'not set')"

# Words of dialects for the types of DuckDB.
TYPES = {
    "DOUBLE PRECISION": "DOUBLE", "FLOAT64": "DOUBLE", "TEXT": "VARCHAR", "STRING": "VARCHAR",
    "TIMESTAMP_NTZ": "TIMESTAMP", "DATETIME": "TIMESTAMP", "INT64": "BIGINT",
}


class DuckDb:
    """DuckDB in memory."""

    dialect = "duckdb"

    def __init__(self):
        self.connection = duckdb.connect()
        self.connection.execute("SET threads TO 1; SET memory_limit = '2GB'; SET TimeZone = 'UTC'")

    def load(self, paths, columns):
        """Reads files into tables of their names; gives the names."""
        tables = []
        for path in paths:
            file = os.path.basename(path)
            types = columns.get(file, {})
            tables.append(file.removesuffix(".gz").rsplit(".", 1)[0])
            source = f"read_csv({literal(path)}, all_varchar=true, header=true, sample_size=-1)"
            names = [row[0] for row in self.connection.execute(f"DESCRIBE SELECT * FROM {source}").fetchall()]
            cells = ", ".join(read_as(name, types.get(name, "VARCHAR")) for name in names)
            table = quoted(tables[-1])
            self.connection.execute(f"CREATE OR REPLACE TABLE {table} AS SELECT {cells} FROM {source}")
        return tables

    def rows(self, query):
        return dictionaries(self.connection.execute(query))

    def by_command(self, given, path):
        """The lines that the command of a README.txt prints for a file; DuckDB's package has no such program,
        so what it would read from its standard input is given to the engine."""
        if given.split() != ["duckdb", "warehouse.duckdb", "<", "FILE.sql"]:
            raise RuntimeError(f"another command than was expected: {given}")
        with open(path) as file:
            statements = duckdb.extract_statements(file.read())
        return [str(row) for one in statements for row in self.connection.execute(one).fetchall()]

    def save(self, query, path):
        """Writes what a query gives to a file, as a person would."""
        self.connection.execute(f"COPY ({query.strip().removesuffix(';')}) TO {literal(path)} (HEADER)")

    def close(self):
        self.connection.close()


class PostgreSql:
    """PostgreSQL in a cluster of its own, reached through a socket in a folder of its own."""

    dialect = "postgresql"

    def __init__(self):
        import psycopg

        self.duckdb = DuckDb()
        programs = sorted(glob.glob("/usr/lib/postgresql/*/bin"), key=lambda it: int(it.split("/")[4]))
        self.programs = programs[-1]
        self.folder = tempfile.mkdtemp(prefix="kept-postgresql-")
        # The server refuses to run as root.
        self.user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        if self.user:
            shutil.chown(self.folder, "postgres")
        self.run("initdb", "--pgdata", f"{self.folder}/data", "--username", "kept", "--auth", "trust", "--encoding", "UTF8")
        settings = f"-c listen_addresses= -c unix_socket_directories={self.folder} -c fsync=off"
        self.run("pg_ctl", "--pgdata", f"{self.folder}/data", "--wait", "--log", f"{self.folder}/log", "-o", settings, "start")
        self.connection = psycopg.connect(host=self.folder, user="kept", dbname="postgres", autocommit=True)

    def run(self, program, *words):
        done = subprocess.run(
            [*self.user, f"{self.programs}/{program}", *words], capture_output=True, text=True, cwd=self.folder
        )
        if done.returncode:
            raise RuntimeError(f"{program}: {done.stdout}{done.stderr}")

    def load(self, paths, columns):
        for table in self.duckdb.load(paths, columns):
            source = self.duckdb.connection.execute(f"SELECT * FROM {quoted(table)}")
            kinds = {"DOUBLE": "DOUBLE PRECISION"}
            cells = [f"{quoted(name)} {kinds.get(str(kind), str(kind))}" for name, kind, *_ in source.description]
            with self.connection.cursor() as cursor:
                cursor.execute(f"DROP TABLE IF EXISTS {quoted(table)}")
                cursor.execute(f"CREATE TABLE {quoted(table)} ({', '.join(cells)})")
                with cursor.copy(f"COPY {quoted(table)} FROM STDIN") as copy:
                    for row in source.fetchall():
                        copy.write_row(row)

    def rows(self, query):
        with self.connection.cursor() as cursor:
            cursor.execute(query)
            names = [column.name for column in cursor.description]
            return [dict(zip(names, row)) for row in cursor.fetchall()]

    def by_command(self, given, path):
        """The lines that the command of a README.txt prints for a file."""
        words = given.replace("FILE.sql", path).replace("DATABASE", "postgres").split()
        where = {**os.environ, "PGHOST": self.folder, "PGUSER": "kept"}
        done = subprocess.run([f"{self.programs}/{words[0]}", *words[1:]], capture_output=True, text=True, env=where)
        if done.returncode:
            raise RuntimeError(f"{given}: {done.stderr}")
        return done.stdout.splitlines()

    def close(self):
        self.connection.close()
        self.run("pg_ctl", "--pgdata", f"{self.folder}/data", "--wait", "--mode", "fast", "stop")
        shutil.rmtree(self.folder, ignore_errors=True)


class Spark:
    """Spark SQL on this machine."""

    dialect = "spark"

    def __init__(self):
        from pyspark.sql import SparkSession

        self.folder = None
        self.duckdb = DuckDb()
        settings = SparkSession.builder.master("local[2]").config("spark.sql.session.timeZone", "UTC")
        settings = settings.config("spark.ui.enabled", "false").config("spark.sql.shuffle.partitions", "1")
        settings = settings.config("spark.driver.memory", "1g").config("spark.driver.bindAddress", "127.0.0.1")
        self.session = settings.config("spark.driver.host", "127.0.0.1").getOrCreate()
        self.session.sparkContext.setLogLevel("ERROR")

    def load(self, paths, columns):
        from pyspark.sql import types

        kinds = {"DOUBLE": types.DoubleType(), "TIMESTAMP": types.TimestampNTZType()}
        for table in self.duckdb.load(paths, columns):
            source = self.duckdb.connection.execute(f"SELECT * FROM {quoted(table)}")
            fields = [
                types.StructField(name, kinds.get(str(kind), types.StringType()))
                for name, kind, *_ in source.description
            ]
            frame = self.session.createDataFrame(source.fetchall(), types.StructType(fields))
            frame.createOrReplaceTempView("`" + table.replace("`", "``") + "`")

    def rows(self, query):
        return [row.asDict() for row in self.session.sql(query.strip().removesuffix(";")).collect()]

    def by_command(self, given, path):
        """The lines that the command of a README.txt prints for a file: `spark-sql` with a warehouse of its own,
        in which the tables that were loaded stand."""
        if self.folder is None:
            self.folder = tempfile.mkdtemp(prefix="kept-spark-")
            with open(f"{self.folder}/spark-defaults.conf", "w") as file:
                file.write("spark.master local[2]\nspark.ui.enabled false\nspark.driver.bindAddress 127.0.0.1\n")
                file.write("spark.driver.host 127.0.0.1\nspark.sql.shuffle.partitions 1\n")
            for (table,) in self.duckdb.connection.execute("SHOW TABLES").fetchall():
                rows = f"{self.folder}/{table}.parquet"
                self.duckdb.connection.execute(f"COPY {quoted(table)} TO {literal(rows)} (FORMAT parquet)")
                name = table.replace("`", "``")
                self.spark_sql(["spark-sql", "-e", f"CREATE TABLE `{name}` USING parquet LOCATION '{rows}'"])
        return self.spark_sql(given.replace("FILE.sql", path).split())

    def spark_sql(self, words):
        programs = os.path.dirname(sys.executable)
        # The launcher finds its own folder by the Python that comes first.
        where = {**os.environ, "PATH": f"{programs}:{os.environ['PATH']}", "SPARK_CONF_DIR": self.folder}
        where.pop("SPARK_HOME", None)
        done = subprocess.run(
            [f"{programs}/{words[0]}", *words[1:]], capture_output=True, text=True, env=where, cwd=self.folder
        )
        if done.returncode:
            raise RuntimeError(f"{' '.join(words)}: {done.stderr[-2_000:]}")
        return done.stdout.splitlines()

    def close(self):
        self.session.stop()
        if self.folder:
            shutil.rmtree(self.folder, ignore_errors=True)


def dictionaries(found):
    names = [column[0] for column in found.description]
    return [dict(zip(names, row)) for row in found.fetchall()]


def quoted(name):
    return '"' + name.replace('"', '""') + '"'


def literal(text):
    return "'" + str(text).replace("'", "''") + "'"


def read_as(name, kind):
    """The cell of a column as the query expects it; what cannot be read so is nothing."""
    cell = quoted(name)
    filled = f"CASE WHEN lower(trim({cell})) IN {NOTHING} THEN NULL ELSE {cell} END"
    kind = TYPES.get(kind, kind)
    if kind == "TIMESTAMP":
        # A moment with an offset becomes one in UTC, a month its first day.
        moments = [f"TRY_CAST(TRY_CAST({text} AS TIMESTAMPTZ) AS TIMESTAMP)" for text in (filled, f"{filled} || '-01'")]
        return f"COALESCE({', '.join(moments)}) AS {cell}"
    return f"TRY_CAST({filled} AS {kind}) AS {cell}"
