"""Three sources of the same people, with errors whose truth is known before anybody matches.

Person `p` stands in the household register (a), in two of three in the insurance (b), in half in
the register of houses (c). Of each source some rows have no number; names, days and phones are
wrong now and then. `truth` stands in each row and is read by nobody but the judge.
"""

from typing import Any

import psycopg

from diebian.standards.identifiers import ID_CHECKS, ID_WEIGHTS

DAYS = 29_000  # from 1920 on
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华建文玲红玉兰婷雪梅春辉鹏宇晨浩博"
_BODY = (
    f"'219902' || to_char(date '1920-01-01' + (p % {DAYS})::int, 'YYYYMMDD') || "
    f"lpad((p / {DAYS})::text, 3, '0')"
)
_SUM = " + ".join(
    f"substr(body, {place + 1}, 1)::int * {weight}" for place, weight in enumerate(ID_WEIGHTS)
)
_NUMBERED = f"select *, body || substr('{ID_CHECKS}', ({_SUM}) % 11 + 1, 1) as no"


def _letter(letters: str, mix: str) -> str:
    return f"substr('{letters}', (({mix}) % {len(letters)})::int + 1, 1)"


# Three letters from a mixed number: a name is shared by some dozens of the people.
_H = "abs(hashint8(p * 2654435761))"
_NAME = (
    f"{_letter(SURNAMES, _H)} || {_letter(GIVEN, f'{_H} / 41')} || {_letter(GIVEN, f'{_H} / 1763')}"
)
_PEOPLE = f"""select p, no, {_NAME} as name, date '1920-01-01' + (p % {DAYS})::int as born,
  '13' || lpad((p * 7919 % 1000000000)::text, 9, '0') as phone
from ({_NUMBERED} from (select p, {_BODY} as body from generate_series(1, %s::bigint) p) b) n"""
# A wrong letter in the middle of the name, a day that was typed wrong, a phone of another person.
_WRONG_NAME = f"substr(name, 1, 1) || {_letter(GIVEN, f'{_H} / 97')} || substr(name, 3)"
TABLES = {
    "a": f"""create table a as select p::bigint as id, p as truth,
  case when p % 40 = 1 then null when p % 9 = 0 then lower(no) else no end as card,
  name, born, phone, date '2024-01-01' + (p % 700)::int as updated from ({_PEOPLE}) x""",
    "b": f"""create table b as select p::bigint as id, p as truth,
  case when p % 25 = 2 then null when p % 11 = 0 then substr(no, 1, 6) || substr(no, 9, 9)
    else no end as sfz,
  case when p % 30 = 2 then {_WRONG_NAME} when p % 13 = 0 then name || ' ' else name end as xm,
  case when p % 60 = 4 then born + 1 else born end as csrq,
  case when p % 5 = 0 then null else phone end as dh,
  date '2025-01-01' + (p % 600)::int as gx from ({_PEOPLE}) x where p % 3 <> 0""",
    "c": f"""create table c as select p::bigint as id, p as truth,
  case when p % 10 = 4 then null when p % 50 = 6 then '军' || p else no end as zjhm,
  case when p % 45 = 4 then {_WRONG_NAME} else name end as qlr, born as sr,
  case when p % 20 = 8 then '13' || lpad((p * 31 % 1000000000)::text, 9, '0') else phone end as tel,
  date '2023-01-01' + (p % 900)::int as djsj from ({_PEOPLE}) x where p % 2 = 0""",
}
PLAN: dict[str, Any] = {
    "slug": "bench",
    "title": "样例",
    "subject": "person",
    "purpose": "样例",
    "legal_basis": "样例",
    "seen_by": ["data_manager"],
    "columns": [
        {"name": "id_number", "title": "号码", "kind": "id_number", "rule": "trust",
         "order": ["a", "b", "c"]},
        {"name": "name", "title": "姓名", "kind": "name", "rule": "trust",
         "order": ["a", "b", "c"]},
        {"name": "born", "title": "出生日期", "kind": "date", "rule": "trust",
         "order": ["a", "b", "c"]},
        {"name": "phone", "title": "电话", "kind": "phone", "rule": "newest"},
    ],
    "sources": [
        {"table": "a", "dated_by": "updated",
         "columns": {"id_number": "card", "name": "name", "born": "born", "phone": "phone"}},
        {"table": "b", "dated_by": "gx",
         "columns": {"id_number": "sfz", "name": "xm", "born": "csrq", "phone": "dh"}},
        {"table": "c", "dated_by": "djsj",
         "columns": {"id_number": "zjhm", "name": "qlr", "born": "sr", "phone": "tel"}},
    ],
    "matching": {
        "identifier": "id_number",
        "blocks": [["name", "born"], ["phone"], ["born", "name:1"]],
        "fields": [
            {"column": "name", "m": 0.92, "u": 0.0001, "near": {"m": 0.05, "u": 0.01}},
            {"column": "born", "m": 0.95, "u": 0.00004, "near": {"m": 0.04, "u": 0.002}},
            {"column": "phone", "m": 0.85, "u": 0.000001},
        ],
        "upper": 20,
        "lower": 15,
    },
}  # fmt: skip


def make(url: str, people: int) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        for name, told in TABLES.items():
            connection.execute(told.replace("%s", str(people)).encode())
            connection.execute(f"alter table {name} add primary key (id)".encode())
        connection.execute("vacuum analyze")
