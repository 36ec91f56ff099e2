"""A department, its source tables in the test's own server, and collections made by the actions."""

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch
from zlib import crc32

import psycopg
from django.db import connection

from diebian.base.lake.actions import define_collection, register_source
from diebian.base.lake.collecting import collect
from diebian.base.lake.duck import platform_place
from diebian.base.lake.models import Collection, Mode, Run, SourceKind
from diebian.base.lake.sources import incoming
from diebian.base.lake.store import TableStore
from diebian.security.identity.public import (
    PLATFORM,
    Actor,
    Post,
    department_keys,
    register_department,
)
from diebian.standards.credit_code import check_character
from tests.killed import database_url

OWNER, OTHER, BUREAU = "样例登记中心", "样例局外局", "样例数据局"
PEOPLE = """
create table people (id bigint primary key, name text, amount numeric(12,2), born date,
  changed timestamp not null default '2026-01-01');
insert into people select i, '样例' || i, i * 1.25, date '1990-01-01' + i,
  timestamp '2026-01-01' + i * interval '1 minute' from generate_series(1, 100) i;
"""


def department(name: str = OWNER) -> str:
    body = "11000000" + f"{crc32(name.encode()) % 10**9:09d}"
    code = body + check_character(body)
    if code not in department_keys():
        register_department(credit_code=code, name=name, by=PLATFORM)
    return code


def who(post: Post = Post.DATA_MANAGER, of: str = OWNER) -> Actor:
    return Actor(name=f"样例{post.value}", department=department(of), key=post, posts=(post,))


def database_words() -> dict[str, Any]:
    told = connection.get_connection_params()
    return {word: told[word] for word in ("user", "password", "host", "port") if told.get(word)}


FORGET = """
do $$ declare one text; begin
  for one in select nspname from pg_namespace
             where nspname !~ '^pg_' and nspname <> 'information_schema' loop
    execute format('drop schema %I cascade', one);
  end loop;
  create schema public;
end $$;
"""


@contextmanager
def source_database(sql: str = PEOPLE, slug: str = "core") -> Iterator[psycopg.Connection[Any]]:
    """A department's own database beside ours, registered as a source under `slug`."""
    own = f"{connection.settings_dict['NAME']}_{slug}"
    _emptied(own)
    register_source(
        slug=slug,
        title="样例业务系统",
        department=department(),
        kind=SourceKind.POSTGRESQL,
        address={"sandbox": slug},  # nothing else may stand on the platform's own server
        by=who(),
        is_sample=True,
    )
    beside = patch.dict(os.environ, SANDBOX_DATABASE_URL=database_url())
    with beside, psycopg.connect(**database_words(), dbname=own, autocommit=True) as made:
        made.execute(sql.encode())
        yield made


def _emptied(own: str) -> None:
    """As if new: making one each time costs more than most tests in it. It goes with the server."""
    with psycopg.connect(**database_words(), dbname="postgres", autocommit=True) as root:
        known = root.execute("select 1 from pg_database where datname = %s", [own]).fetchone()
        if known is None:
            root.execute(f'create database "{own}"'.encode())
            return
        root.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity where datname = %s", [own]
        )
    with psycopg.connect(**database_words(), dbname=own, autocommit=True) as made:
        made.execute(FORGET)


def a_collection(name: str = "people", **changed: Any) -> Collection:
    told: dict[str, Any] = {
        "slug": name.replace("_", "-"),
        "title": f"样例 {name}",
        "source": "core",
        "table": name,
        "key": ["id"],
        "by": who(),
    }
    return define_collection(**{**told, **changed})


def watermarked(**changed: Any) -> Collection:
    return a_collection(**{"mode": Mode.WATERMARK, "watermark_column": "changed", **changed})


def run(slug: str = "people", **told: Any) -> Run:
    return collect(slugs=[slug], by=who(), **told)[0]


def rows(table: str = "people", order: str = "id", at: int | None = None) -> list[tuple[Any, ...]]:
    with TableStore(platform_place()) as store:
        return store.read(table, at).order(order).fetchall()


def file_source(slug: str = "files") -> Path:
    register_source(slug=slug, title="样例文件", department=department(), kind=SourceKind.FILE,
                    address={}, by=who())  # fmt: skip
    folder = incoming(slug)
    folder.mkdir(parents=True)
    return folder


def other_source(
    kind: SourceKind, address: Mapping[str, Any], slug: str = "other", secret: str = ""
) -> None:
    register_source(slug=slug, title="样例源", department=department(), kind=kind,
                    address=address, secret=secret, by=who())  # fmt: skip


def reasons(of: Run) -> Sequence[tuple[int, str]]:
    return list(of.bad_rows.order_by("number").values_list("number", "reason"))
