"""The lake's files in a bucket: an S3 server of its own, and readers in processes of their own."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import boto3
import pytest
from moto.server import ThreadedMotoServer
from psycopg.conninfo import make_conninfo
from pytest_django import Settings

from diebian.base.lake.bucket import Bucket
from diebian.base.lake.duck import Place, platform_place
from diebian.base.lake.refusals import BucketUnclear
from diebian.base.lake.store import TableStore

READS = """
import django, json, sys
django.setup()
from diebian.base.lake.public import open_lake
with open_lake() as lake:
    print(json.dumps(lake.read("t").order("id").fetchall()))
"""


@pytest.fixture
def url() -> Iterator[str]:
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    words = {"aws_access_key_id": "key", "aws_secret_access_key": "word"}
    client = boto3.client(
        "s3", endpoint_url=f"http://{host}:{port}", region_name="us-east-1", **words
    )
    client.create_bucket(Bucket="lake")
    yield f"s3://key:word@{host}:{port}/lake/city?tls=no"
    server.stop()


@pytest.fixture
def place(url: str, lake_place: Path, settings: Settings) -> Place:
    assert lake_place == settings.DIEBIAN_DATA
    settings.LAKE_URL = url
    return platform_place()


def test_rows_go_into_the_bucket_and_two_processes_read_them(
    place: Place, url: str, tmp_path: Path
) -> None:
    rows = [[1, "样例甲"], [2, "样例乙"]]
    with TableStore(place) as lake, lake.writing(batch="b1", message="样例", note={}):
        told = "SELECT 1 AS id, '样例甲' AS name UNION ALL SELECT 2, '样例乙'"
        lake.create("t", {"id": "BIGINT", "name": "VARCHAR"}, told)
    assert list(tmp_path.rglob("*.parquet")) == []
    readers = [_reader(place, url, tmp_path / name) for name in ("one", "two")]
    assert [json.loads(each.communicate(timeout=60)[0]) for each in readers] == [rows, rows]


def _reader(place: Place, url: str, folder: Path) -> subprocess.Popen[str]:
    """A DuckDB of its own, with nothing in its folder."""
    words = [sys.executable, "-c", READS]
    told = {**os.environ, "DATABASE_URL": make_conninfo(**place.database), "LAKE_URL": url,
            "DIEBIAN_DATA": str(folder)}  # fmt: skip
    return subprocess.Popen(  # noqa: S603  our own program
        words, env=told, stdout=subprocess.PIPE, text=True
    )


@pytest.mark.parametrize(
    "url",
    [
        "s3://lake/city",
        "s3://key@host/lake",
        "http://key:word@host/lake",
        "s3://key:word@host/",
        "s3://key:word@host/La_ke",
        "s3://key:word@host/lake/../other",
        "s3://key:word@host/lake?x=1",
    ],
)
def test_an_address_that_is_none_is_refused_with_its_form(url: str) -> None:
    with pytest.raises(BucketUnclear, match="s3://KEY:SECRET@"):
        Bucket.at(url)


def test_a_secret_may_have_any_character() -> None:
    bucket = Bucket.at("s3://a%2Fb:it%27s@host:9000/lake")
    assert (bucket.key, bucket.secret, bucket.endpoint) == ("a/b", "it's", "host:9000")
    assert "'it''s'" in bucket.secret_words
