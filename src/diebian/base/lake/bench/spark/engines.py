"""DuckDB and Spark over the same lake tables at the same snapshots."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from diebian.base.lake.dialect import DUCKDB, SPARK, Dialect
from diebian.base.lake.files import LakeFiles
from diebian.base.lake.names import literal, rows_at
from diebian.base.lake.spark import show_to_spark
from diebian.base.lake.store import TableStore
from diebian.kernel.processor import seconds_of


@dataclass(frozen=True)
class Duck:
    store: TableStore
    files: Mapping[str, LakeFiles]
    dialect: Dialect = DUCKDB

    def table(self, name: str) -> str:
        return rows_at(name, self.files[name].snapshot)

    def rows(self, asked: str) -> list[tuple[Any, ...]]:
        return self.store.duck.execute(asked).fetchall()

    def written_down(self, name: str, asked: str) -> str:
        self.store.duck.execute(f"CREATE OR REPLACE TABLE stage.{name} AS {asked}")
        return f"stage.{name}"

    def rows_in_files(self) -> int:
        """With those that are gone from the lake: what a reader of files alone would count."""
        paths = ", ".join(literal(path) for one in self.files.values() for path in one.files)
        asked = f"SELECT sum(num_rows)::BIGINT FROM parquet_file_metadata([{paths}])"
        return int(self.rows(asked)[0][0])


@dataclass(frozen=True)
class Spark:
    session: Any
    dialect: Dialect = SPARK

    def table(self, name: str) -> str:
        return f"lake.{self.dialect.quoted(name)}"

    def rows(self, asked: str) -> list[tuple[Any, ...]]:
        return [tuple(row) for row in self.session.sql(asked).collect()]

    def written_down(self, name: str, asked: str) -> str:
        kept = self.session.sql(asked).persist()
        kept.createOrReplaceGlobalTempView(name)
        return self.table(name)

    def show(self, files: Sequence[LakeFiles]) -> None:
        for one in files:
            show_to_spark(self.session, one)

    def used(self) -> float:
        """Seconds of processor time of the Java process, in which all happens."""
        return seconds_of(self.session.sparkContext._gateway.proc.pid)

    def scanned(self, files: LakeFiles) -> int:
        """Every value of the table, and nothing done with it but counted."""
        names = [one.name for one in files.columns if one.type != "TIME"]
        told = ", ".join(f"count({self.dialect.quoted(name)})" for name in names)
        return int(self.rows(f"SELECT count(*), {told} FROM {self.table(files.table)}")[0][0])
