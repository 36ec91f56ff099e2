"""Reading a released file: the one Parquet file and nothing else, within small memory and time.

The engine is locked before anything from outside reaches it: no other file, no network, no
extension, no setting can be had, whatever a question might smuggle in.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Timer
from typing import Any

from diebian.base.lake.public import literal

from .refusals import TooMuch

MEMORY, SECONDS = "256MB", 10.0
RELEASED, NUMBERED = "released", "numbered"
NUMBER = "file_row_number"  # in the second view, from 0; DuckDB's own name


@contextmanager
def reading(file: Path, *, seconds: float = SECONDS) -> Iterator[Any]:
    """A DuckDB that sees `released` alone, and the same with its rows numbered.

    Its library is loaded only here.
    """
    import duckdb

    engine = duckdb.connect(
        config={
            "threads": 1,
            "memory_limit": MEMORY,
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
        }
    )
    try:
        engine.execute(f"SET allowed_paths = [{literal(str(file))}]")
        engine.execute("SET enable_external_access = false")
        name = literal(str(file))
        engine.execute(f"CREATE VIEW {RELEASED} AS FROM read_parquet({name})")
        numbered = f"read_parquet({name}, {NUMBER} = true)"
        engine.execute(f"CREATE VIEW {NUMBERED} AS FROM {numbered}")
        engine.execute("SET lock_configuration = true")
        timer = Timer(seconds, engine.interrupt)
        timer.start()
        try:
            yield engine
        except (duckdb.InterruptException, duckdb.OutOfMemoryException) as error:
            raise TooMuch from error
        finally:
            timer.cancel()
    finally:
        engine.close()
