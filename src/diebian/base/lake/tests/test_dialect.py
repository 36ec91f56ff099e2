"""What Spark is told, without Spark: its own quoting, its types, a pattern as Java reads it."""

import re
from pathlib import Path

import pytest

from diebian.base.lake.dialect import DUCKDB, POSTGRESQL, SPARK, SPARK_DATE
from diebian.base.lake.refusals import JavaMissing
from diebian.base.lake.spark import java_ready

ODD = "a'b\\' OR 1=1 --"


def test_a_backslash_ends_no_text_and_no_name() -> None:
    assert SPARK.literal(ODD) == "'a\\'b\\\\\\' OR 1=1 --'"
    assert SPARK.literal("x\\") == "'x\\\\'"
    assert SPARK.quoted('a"b`c\\') == '`a"b``c\\`'
    assert (DUCKDB.literal("x'\\"), DUCKDB.quoted('a"')) == ("'x''\\'", '"a"""')


def test_a_pattern_is_asked_of_the_whole_text() -> None:
    assert SPARK.full_match("v", r"\d+'") == r"(v RLIKE '\\A(?d:\\d+\')\\z')"
    assert DUCKDB.full_match("v", r"\d+'") == r"regexp_full_match(v, '\d+''')"
    assert POSTGRESQL.full_match("v", r"\d+'") == r"(v ~ '^(?:\d+'')$')"


@pytest.mark.parametrize(
    ("type_", "word"),
    [("VARCHAR", "STRING"), ("TIMESTAMP", "TIMESTAMP_NTZ"), ("DATE", "DATE"),
     ("TIMESTAMP WITH TIME ZONE", "TIMESTAMP_LTZ"), ("DECIMAL(12,2)", "DECIMAL(12,2)")],
)  # fmt: skip
def test_a_type_has_the_engines_word(type_: str, word: str) -> None:
    assert (SPARK.type_of(type_), DUCKDB.type_of(type_)) == (word, type_)


@pytest.mark.parametrize(
    ("told", "day"),
    [("2026-01-02", "2026-01-02"), ("20260102", "2026-01-02"), ("2026/1/2", "2026-1-2"),
     ("2026.01.02", "2026-01-02"), ("2026年1月2日", "2026-1-2"), ("260102", ""), ("不知道", "")],
)  # fmt: skip
def test_days_are_known_in_the_spellings_that_the_lake_knows(told: str, day: str) -> None:
    shape = SPARK_DATE.removeprefix(r"\A").removesuffix(r"\z")
    found = re.fullmatch(shape, told)
    assert (found.expand(r"\1-\2\4\6-\3\5\7") if found else "") == day


@pytest.mark.parametrize("says", ["", 'openjdk version "1.8.0_402"', 'java version "11.0.2"'])
def test_without_a_java_that_spark_knows_it_is_said_what_to_install(
    says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if says:
        program = tmp_path / "java"
        program.write_text(f"#!/bin/sh\necho '{says}' >&2\n")
        program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("JAVA_HOME", raising=False)
    with pytest.raises(JavaMissing) as refused:
        java_ready()
    assert "Java 17 或 21" in refused.value.sentence
    assert refused.value.sentence.endswith("（lake.java_missing）")
