"""一件事 and its members: order without circles, names that agree with the items."""

from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter

from diebian.standards.profile.faults import Fault
from diebian.standards.profile.parsed import Parsed
from diebian.standards.profile.tables import Row, Table

from .offers import refers

Members = list[tuple[int, Row]]


def faults(told: Parsed) -> Iterator[Fault]:
    themes, members = told.rows("one_things.csv"), told.rows("one_thing_members.csv")
    if not themes.is_sound and not members.is_sound:
        return
    yield from refers(told, themes, "lead_org", "organisations.csv", "牵头机构")
    yield from refers(told, members, "theme_code", "one_things.csv", "一件事")
    yield from refers(told, members, "item_code", "service_items.csv", "事项")
    yield from _agree(told, members)
    of: dict[str, Members] = {}
    for line, row in members:
        of.setdefault(row["theme_code"], []).append((line, row))
    for line, row in themes:
        yield from _counted(themes, line, row, of.get(row["code"], []))
    for listed in of.values():
        yield from _ordered(members, listed)


def _agree(told: Parsed, members: Table) -> Iterator[Fault]:
    items = told.codes("service_items.csv") or {}
    for line, row in members:
        item = items.get(row["item_code"])
        if item is None:
            continue
        if item["name"] != row["item_name"]:
            yield members.fault(line, f"{item['code']} 叫“{item['name']}”")
        if item["org_code"] != row["org_code"]:
            yield members.fault(line, f"{item['code']} 由 {item['org_code']} 办理")


def _counted(table: Table, line: int, theme: Row, listed: Members) -> Iterator[Fault]:
    offices = {row["org_code"] for _, row in listed}
    told = (theme["member_count"], theme["org_count"])
    if told != (str(len(listed)), str(len(offices))):
        yield table.fault(
            line, f"写了 {told[0]} 项、{told[1]} 家，成员表里是 {len(listed)} 项、{len(offices)} 家"
        )
    if (len(offices) > 1) != (theme["type"] == "cross"):
        yield table.fault(line, "多于一家机构时 type 是 cross，否则是 personal")


def _ordered(table: Table, listed: Members) -> Iterator[Fault]:
    first = listed[0][0]
    numbers = [row["seq"] for _, row in listed]
    if sorted(numbers, key=lambda text: text.zfill(6)) != [
        str(place + 1) for place in range(len(listed))
    ]:
        yield table.fault(first, f"序号应从 1 起连续，写的是 {'、'.join(numbers)}")
    after = {row["seq"]: set(filter(None, row["after_seq"].split(";"))) for _, row in listed}
    for line, row in listed:
        for number in sorted(after[row["seq"]] - set(numbers)):
            yield table.fault(line, f"排在第 {number} 项之后，可是没有这一项")
    try:
        TopologicalSorter(after).prepare()
    except CycleError as error:
        yield table.fault(first, f"先后顺序绕成了圈：{'→'.join(error.args[1])}")
