"""The lake read by Spark: not a part of the platform, but what shows that it can be read elsewhere.

Rows never pass through DuckDB: Spark reads the Parquet files themselves. Loaded only where it is
used; `./diebian scale` installs it.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path, PurePath
from typing import Any

from .dialect import SPARK
from .files import MADE_BY, POSITION, FileColumn, LakeFiles
from .refusals import JavaMissing, SparkMissing

JAVA = (17, 21)  # what Spark 4.0 runs on
FIELD = "parquet.field.id"  # how Spark calls the number of a column
HERE = "diebian here"
READ_AS = {"HUGEINT": "DOUBLE"}  # as DuckDB writes it
SETTINGS = {
    "spark.sql.ansi.enabled": "true",  # a wrong cast is an error, as elsewhere, and not nothing
    "spark.sql.timestampType": "TIMESTAMP_NTZ",
    "spark.sql.session.timeZone": "Asia/Shanghai",
    "spark.sql.globalTempDatabase": "lake",  # so that `lake.<table>` is a table here, too
    "spark.sql.parquet.fieldId.read.enabled": "true",
    "spark.sql.parquet.fieldId.read.ignoreMissing": "true",
    "spark.sql.catalogImplementation": "in-memory",
    "spark.sql.execution.arrow.pyspark.enabled": "true",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.host": "127.0.0.1",
    # Many short questions: compiling to the last costs two cores more than it gives.
    "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xshare:auto",
}


def spark_ready() -> None:
    """Raises `SparkMissing`, `JavaMissing`: each says what to install."""
    if find_spec("pyspark") is None:
        raise SparkMissing
    java_ready()


def java_ready() -> None:
    home = os.environ.get("JAVA_HOME")  # where Spark looks first
    java = shutil.which("java", path=str(Path(home) / "bin") if home else None)
    if java is None:
        raise JavaMissing
    told = subprocess.run(  # noqa: S603  the program that Spark itself would start
        [java, "-version"], capture_output=True, text=True, check=False
    )
    found = re.search(r'version "(\d+)', told.stderr + told.stdout)
    if found is None or int(found[1]) not in JAVA:
        raise JavaMissing(f"现在是 Java {found[1]}" if found else "")


@contextmanager
def open_spark(folder: Path, *, cores: int = 2, memory: str = "2g") -> Iterator[Any]:
    """A Spark session of this process's own; `folder` is for what it spills."""
    spark_ready()
    from pyspark import SparkContext
    from pyspark.sql import SparkSession

    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    builder = SparkSession.builder.master(f"local[{cores}]").appName("diebian")
    told = {
        **SETTINGS,
        "spark.driver.memory": memory,
        "spark.sql.shuffle.partitions": str(cores),
        "spark.local.dir": str(folder / "spark"),
        "spark.sql.warehouse.dir": str(folder / "warehouse"),
    }
    for name, value in told.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    try:
        yield session
    finally:
        session.stop()
        # Spark itself keeps its Java for the next session until this process ends.
        gateway, SparkContext._gateway, SparkContext._jvm = SparkContext._gateway, None, None
        gateway.shutdown()
        gateway.proc.stdin.close()
        gateway.proc.wait()


def show_to_spark(session: Any, files: LakeFiles) -> None:
    """The table as `lake.<table>`, as it was at the snapshot: its rows without those that are gone.

    Columns of a type that Spark's Parquet reader does not know (`TIME`) are left out.
    """
    from pyspark.sql import functions as f

    columns = [one for one in files.columns if one.type != "TIME"]
    names = [SPARK.quoted(one.name) for one in columns]
    rows = _read(session, files.files, (*columns, MADE_BY))
    if files.with_deletes:
        place = rows.metadataColumn("_metadata")
        here = f.struct(place["file_name"].alias("file"), place["row_index"].alias("position"))
        rows = rows.select("*", here.alias(HERE))
        is_gone = f.col(HERE) == f.col("gone")
        rows = rows.join(_gone(session, files), is_gone, "left_anti")
    rows = _until(rows, files.snapshot).select(*names)
    rows.createOrReplaceGlobalTempView(files.table)


def _read(session: Any, paths: Iterable[str], columns: Sequence[FileColumn]) -> Any:
    """All of these files as one table, each column found by its number, and empty in older ones."""
    from pyspark.sql.types import DataType, StructField, StructType

    fields = [
        StructField(one.name, DataType.fromDDL(READ_AS.get(one.type) or SPARK.type_of(one.type)),
                    metadata={FIELD: one.field})
        for one in columns
    ]  # fmt: skip
    shape = StructType(fields)
    told = [f"file://{path}" if path.startswith("/") else path for path in paths]
    return session.read.schema(shape).parquet(*told) if told else session.createDataFrame([], shape)


def _gone(session: Any, files: LakeFiles) -> Any:
    """`gone`: file and position of each row that is no longer there at the snapshot."""
    from pyspark.sql import functions as f

    of = {PurePath(gone).name: PurePath(rows).name for rows, gone in files.with_deletes.items()}
    names = f.create_map(*(f.lit(one) for pair in of.items() for one in pair))
    listed = _read(session, files.with_deletes.values(), (POSITION, MADE_BY))
    listed = listed.select(POSITION.name, MADE_BY.name, "_metadata.file_name")
    file, position = names[f.col("file_name")].alias("file"), f.col(POSITION.name).alias("position")
    return _until(listed, files.snapshot).select(f.struct(file, position).alias("gone"))


def _until(rows: Any, snapshot: int) -> Any:
    """Compacted files hold rows of several snapshots, and say of each in which it came."""
    from pyspark.sql import functions as f

    made_by = f.col(MADE_BY.name)
    return rows.where(made_by.isNull() | (made_by <= snapshot))
