"""Sample people, and the rows of the sandbox."""

import re
from collections.abc import Iterator

from diebian.standards.profile.faults import Fault
from diebian.standards.profile.parsed import Parsed
from diebian.standards.profile.words import ID_NUMBER

LIKE_AN_ID = re.compile(r"\d{17}[\dX]")


def faults(told: Parsed) -> Iterator[Fault]:
    yield from _people(told)
    yield from _sandbox(told)


def _people(told: Parsed) -> Iterator[Fault]:
    document, organisations = told.document("people.yaml"), told.codes("organisations.csv")
    if document is None:
        return
    seen: set[str] = set()
    for part, key in (
        ("persons", "username"),
        ("officials", "username"),
        ("persons", "id_number"),
        ("systems", "code"),
        ("systems", "organisation"),
    ):
        if part != "officials":
            seen = set()
        for place, one in enumerate(document.data[part]):
            if one[key] in seen:
                yield document.fault(f"{one[key]} 写了两次", part, place, key)
            seen.add(one[key])
    for part in ("officials", "systems"):
        for place, one in enumerate(document.data[part]):
            if organisations is not None and one["organisation"] not in organisations:
                yield document.fault(
                    f"单位不存在：{one['organisation']}", part, place, "organisation"
                )


def _sandbox(told: Parsed) -> Iterator[Fault]:
    document = told.document("sandbox.yaml")
    if document is None:
        return
    systems = {name: rows for name, rows in document.data.items() if name != "systems"}
    titles = document.data.get("systems", systems)
    # A system's second table stands under its name, a hyphen and the table's: `hr-units`.
    for name in sorted(set(titles) ^ {name.split("-")[0] for name in systems}):
        yield document.fault(f"systems 里的名称要与下面各系统的样例行一一对应：{name}", name)
    for system, rows in systems.items():
        for place, row in enumerate(rows):
            if set(row) != set(rows[0]):
                odd = "、".join(sorted(set(row) ^ set(rows[0])))
                yield document.fault(f"与第一行的栏目不同：{odd}", system, place)
            for name, cell in row.items():
                text = str(cell)
                if LIKE_AN_ID.fullmatch(text) and not ID_NUMBER.is_right(text):
                    yield document.fault(
                        f"{name} {ID_NUMBER.sentence}，写的是“{text}”", system, place, name
                    )
