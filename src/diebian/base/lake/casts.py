"""From what a source sends to the lake's type, in SQL: nothing where a value does not fit."""

from .names import literal

DATES = ["%Y%m%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日"]
STAMPS = ["%Y%m%d%H%M%S", "%Y/%m/%d %H:%M:%S", "%Y.%m.%d %H:%M:%S", *DATES]
HEXADECIMAL = "'([0-9A-Fa-f]{2})*'"


def cast_of(column: str, have: str, want: str) -> str:
    if have == want:
        return column
    if have == "VARCHAR" and want == "BLOB":
        return f"CASE WHEN regexp_full_match({column}, {HEXADECIMAL}) THEN unhex({column}) END"
    plain = f"TRY_CAST({column} AS {want})"
    if have == "VARCHAR" and want in {"DATE", "TIMESTAMP"}:
        forms = DATES if want == "DATE" else STAMPS
        listed = ", ".join(literal(one) for one in forms)
        return f"coalesce({plain}, try_strptime({column}, [{listed}])::{want})"
    return plain
