"""The platform's own database is no source: by no name, no way in, no word of an address."""

import sys
from types import ModuleType
from typing import Any

import psycopg
import pytest
from django.db import connection

from diebian.base.lake.addresses import checked_address, database_words, origin_of
from diebian.base.lake.models import RunState, Source, SourceKind
from diebian.base.lake.refusals import AddressWrong
from tests.forwarding import own_server_by_tcp
from tests.killed import database_url

from .people import a_collection, other_source, run, source_database

pytestmark = pytest.mark.usefixtures("lake_place")
POSTGRESQL = SourceKind.POSTGRESQL


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://diebian@/diebian?host=/data/postgres",
        "postgresql://diebian@%2Fdata%2Fpostgres/diebian",
        "postgresql:///diebian",
        "postgresql:///diebian?host=db.example",
        "postgresql://reader@db.example/x?host=/data/postgres",
        "postgresql://reader@db.example/x?hostaddr=10.0.0.1",
        "postgresql://reader@db.example/x?%68ost=/data/postgres",
        "postgresql://reader@db.example/x?port=5433",
        "postgresql://reader@db.example,/data/x",
        "postgresql://reader@db.example,other.example/x",
        "postgresql://reader@db.example/x?service=platform",
        "postgresql://reader@db.example/x?options=-csearch_path%3Dpublic",
        "postgresql://reader@db.example/x?passfile=/root/.pgpass",
        "postgresql://reader@db.example/x?password=word",
        "postgresql://reader:word@db.example/x",
        "postgresql://reader@db.example/x?sslkey=/data/keys/tls.key",
        "postgresql://reader@db.example/x?sslrootcert=/etc/passwd",
        "postgresql://reader@db.example/x?sslmode=disable",
        "postgresql://reader@db.example/host=%2Fdata",
        "postgresql://reader@db.example",
        "postgresql://db.example/x",
        "postgresql://reader@[::1/x",
        "postgresql://reader@db.example:99999/x",
    ],
)
def test_an_address_names_one_host_of_the_network_and_nothing_else(url: str) -> None:
    with pytest.raises(AddressWrong):
        checked_address(POSTGRESQL, {"url": url})
    with pytest.raises(AddressWrong):
        checked_address(SourceKind.KINGBASE, {"url": url})


def test_usual_addresses_are_kept_as_they_are() -> None:
    url = "postgresql://reader@db.example:5433/x?sslmode=verify-full"
    assert checked_address(POSTGRESQL, {"url": url}) == {"url": url}
    assert database_words(url) == {
        "user": "reader", "host": "db.example", "port": "5433", "dbname": "x",
        "sslmode": "verify-full", "sslrootcert": "system",
    }  # fmt: skip
    assert origin_of({"url": "postgres://reader@DB.example/x"}) == "postgresql://db.example:5432"
    assert origin_of({"url": "http://[::1]/api"}) == "http://[::1]:80"


@pytest.mark.parametrize("database", ["", "postgres", "template1", "_beside"])
def test_no_database_of_the_platforms_server_is_collected_whatever_leads_there(
    database: str,
) -> None:
    own = connection.settings_dict["NAME"]
    name = f"{own}{database}" if database in {"", "_beside"} else database
    with source_database(slug="beside"), own_server_by_tcp() as way:
        other_source(POSTGRESQL, {"url": way.url(name)})
        with pytest.raises(AddressWrong, match="平台自己的数据库服务"):
            a_collection("people", source="other", slug="stolen")


def test_a_source_that_was_registered_before_there_were_rules_is_refused_in_its_run() -> None:
    with source_database():
        a_collection()
        Source.objects.update(address={"url": database_url()})
        told = run()
    assert told.state == RunState.FAILED
    assert "要写明网络上的一台主机" in told.sentence


def test_a_sandbox_systems_name_does_not_lead_to_a_platform_beside_this_one() -> None:
    tables = "create table exchange_grant (id int); create table people (id int)"
    refused = pytest.raises(AddressWrong, match="平台自己的数据库服务")
    with source_database(tables), refused:
        a_collection()


def test_the_makers_driver_does_not_lead_there_either(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ksycopg2", _as_kingbase())
    with own_server_by_tcp() as way:
        url = way.url("postgres").replace("postgresql://", "kingbase://")
        other_source(SourceKind.KINGBASE, {"url": url})
        with pytest.raises(AddressWrong, match="平台自己的数据库服务"):
            a_collection("people", source="other")


def test_nothing_of_the_operators_environment_is_sent_to_a_source(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from diebian.base.lake.databases import department_database

    monkeypatch.setenv("PGPASSWORD", "operators")
    address = {"url": "postgresql://reader@db.example/x"}
    told = department_database(address, secret="", department="").conninfo()
    assert "password=''" in told
    assert "passfile=/dev/null/none" in told


def _as_kingbase() -> ModuleType:
    """Its driver speaks to any PostgreSQL."""
    made = ModuleType("ksycopg2")
    told: dict[str, Any] = {
        "connect": psycopg.connect,
        "Error": psycopg.Error,
        "ProgrammingError": psycopg.ProgrammingError,
    }
    vars(made).update(told)
    return made
