"""What a database was prepared with, kept in that database: it goes along when it is restored.

The same code, packages and city mean the same migrations and the same preparation: then both can
be left out. An embedded and an external database, a new folder and an old one are all alike here.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import distributions
from pathlib import Path

import psycopg
import yaml

SOURCE = Path(__file__).parents[1]
SOURCE_KINDS = {".py", ".sql"}
TABLE = """
create table if not exists assembly_prepared(
  city text not null, stamp text not null, at timestamptz not null default now())
"""


@dataclass(frozen=True)
class Stamp:
    city: str  # division code
    digest: str


def wanted(city: Path) -> Stamp:
    """What a database prepared by this code for this city says."""
    taken = hashlib.sha256()
    for name, body in [*_files(city), *_packages()]:
        taken.update(f"{name}\0{len(body)}\0".encode() + body)
    told = yaml.safe_load((city / "city.yaml").read_text())
    return Stamp(str(told["code"]), taken.hexdigest())


def found(database: str) -> Stamp | None:
    with psycopg.connect(database) as connection:
        known = connection.execute("select to_regclass('assembly_prepared') is not null").fetchone()
        if known != (True,):
            return None
        row = connection.execute("select city, stamp from assembly_prepared").fetchone()
    return Stamp(*row) if row else None


def write(database: str, stamp: Stamp) -> None:
    with psycopg.connect(database) as connection:
        connection.execute(TABLE)
        connection.execute("delete from assembly_prepared")
        connection.execute(
            "insert into assembly_prepared(city, stamp) values (%s, %s)", [stamp.city, stamp.digest]
        )


def erase(database: str) -> None:
    """Before migrating: what breaks off midway must not look prepared."""
    with psycopg.connect(database) as connection:
        connection.execute(TABLE)
        connection.execute("update assembly_prepared set stamp = ''")


def _files(city: Path) -> Iterator[tuple[str, bytes]]:
    for root, kinds in ((SOURCE, SOURCE_KINDS), (city, None)):
        for file in sorted(root.rglob("*")):
            if file.is_file() and (kinds is None or file.suffix in kinds):
                yield str(file.relative_to(root)), file.read_bytes()


def _packages() -> list[tuple[str, bytes]]:
    return sorted((each.name, each.version.encode()) for each in distributions())
