"""The few words in which engines differ over the lake's rows: DuckDB, PostgreSQL, Spark.

A rule or a comparison is one expression. Whoever writes it takes from here only what engines do not
share; all else (`CASE`, `substr`, `position`, `translate`, `IN (SELECT …)`) is said alike. Spark is
meant in its ANSI mode, with the settings of `spark.SETTINGS`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from .casts import cast_of
from .names import literal, quoted


@dataclass(frozen=True)
class Dialect:
    quoted: Callable[[str], str]  # a name, whatever stands in it
    literal: Callable[[str], str]  # a text, whatever stands in it
    type_of: Callable[[str], str]  # the engine's word for a type of the lake
    full_match: Callable[[str, str], str]  # expression and pattern; the whole text
    whole: Callable[[str], str]  # digits as a whole number
    divided: Callable[[str, int], str]  # without rest
    date_of: Callable[[str, str], str]  # column and its type: a date, or nothing where it is none
    days_between: Callable[[str, str], str]  # of two dates
    fence: str = ""  # after a subquery whose columns shall be worked out once
    has_bytes: bool = False  # a text's bytes can be had as one whole number
    is_window_quicker: bool = False  # than a grouped subquery, to find what occurs twice

    def text_of(self, expression: str) -> str:
        return f"CAST({expression} AS {self.type_of('VARCHAR')})"


def _same(type_: str) -> str:
    return type_


DUCKDB = Dialect(
    quoted=quoted,
    literal=literal,
    type_of=_same,
    full_match=lambda text, pattern: f"regexp_full_match({text}, {literal(pattern)})",
    whole=lambda text: f"TRY_CAST({text} AS BIGINT)",
    divided=lambda number, by: f"({number} // {by})",
    date_of=lambda column, type_: cast_of(column, type_, "DATE"),
    days_between=lambda one, other: f"({one} - {other})",
    has_bytes=True,
)
POSTGRESQL = Dialect(
    quoted=quoted,
    literal=literal,
    type_of=_same,
    full_match=lambda text, pattern: f"({text} ~ {literal(f'^(?:{pattern})$')})",
    whole=lambda text: f"CAST({text} AS bigint)",
    divided=lambda number, by: f"({number} / {by})",
    date_of=lambda column, type_: f"CAST({column} AS date)",  # noqa: ARG005  a peer's are dates
    days_between=lambda one, other: f"({one} - {other})",
    fence=" OFFSET 0",
)

SPARK_TYPES: Mapping[str, str] = {
    "VARCHAR": "STRING",
    "BLOB": "BINARY",
    "HUGEINT": "DECIMAL(38,0)",
    "TIMESTAMP": "TIMESTAMP_NTZ",
    "TIMESTAMP WITH TIME ZONE": "TIMESTAMP_LTZ",
}


def _spark_quoted(name: str) -> str:
    """In double quotes a backslash would count; between these signs nothing does."""
    return "`" + name.replace("`", "``") + "`"


def _spark_literal(text: str) -> str:
    """A backslash counts within quotes, and is what a quote itself is written with."""
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


def _spark_type(type_: str) -> str:
    return SPARK_TYPES.get(type_, type_)


def _spark_match(text: str, pattern: str) -> str:
    """Java's `$` is also before a last line's end, and its dot knows five ends of a line."""
    whole = rf"\A(?d:{pattern})\z"
    return f"({text} RLIKE {_spark_literal(whole)})"


# Year, month and day as the lake's own cast reads them: `casts.DATES` and ISO.
SPARK_DATE = (
    r"\A([0-9]{4})(?:([0-9]{2})([0-9]{2})|[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})"
    r"|年([0-9]{1,2})月([0-9]{1,2})日)\z"
)


def _spark_date(column: str, type_: str) -> str:
    if type_ == "DATE":
        return column
    if type_ != "VARCHAR":
        return f"TRY_CAST({column} AS DATE)"
    shape = _spark_literal(SPARK_DATE)
    day = f"regexp_replace({column}, {shape}, '$1-$2$4$6-$3$5$7')"
    return f"CASE WHEN {column} RLIKE {shape} THEN TRY_CAST({day} AS DATE) END"


SPARK = Dialect(
    quoted=_spark_quoted,
    literal=_spark_literal,
    type_of=_spark_type,
    full_match=_spark_match,
    whole=lambda text: f"TRY_CAST({text} AS BIGINT)",
    divided=lambda number, by: f"({number} DIV {by})",
    date_of=_spark_date,
    days_between=lambda one, other: f"datediff({one}, {other})",
    is_window_quicker=True,
)
