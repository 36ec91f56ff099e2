"""Divisions, organisations, the city's own record, the map."""

from collections.abc import Iterator

from diebian.standards.profile.faults import Fault
from diebian.standards.profile.parsed import Parsed

from .circles import in_circles

ABOVE = {"city": "province", "county": "city", "town": "county", "village": "town"}
SHARED_DIGITS = {"county": 4, "town": 6, "village": 9}
COUNTY_DIGITS = 6


def faults(told: Parsed) -> Iterator[Fault]:
    yield from _divisions(told)
    yield from _organisations(told)
    yield from _city(told)
    yield from _map(told)


def _divisions(told: Parsed) -> Iterator[Fault]:
    table, known = told.rows("divisions.csv"), told.codes("divisions.csv")
    if known is None:  # a row fell out or lost its key: those below it are not to blame
        return
    turning = in_circles({row["code"]: row["parent_code"] for row in table.rows})
    for line, row in table:
        above = ABOVE.get(row["level"])
        parent = known.get(row["parent_code"])
        if row["code"] in turning:
            yield table.fault(line, f"上级关系绕成了圈：{row['code']}")
        elif parent is None:
            if above is not None or row["parent_code"]:
                yield table.fault(line, f"上级区划不存在：{row['parent_code'] or '没有写'}")
        elif parent["level"] != above:
            yield table.fault(line, f"上级应是 {above or '没有'}，写的是 {parent['level']}")
        elif not row["code"].startswith(row["parent_code"][: SHARED_DIGITS.get(row["level"], 0)]):
            yield table.fault(line, f"代码 {row['code']} 不在上级 {row['parent_code']} 的号段里")
    cities = [line for line, row in table if row["level"] == "city"]
    if table.is_sound and len(cities) != 1:
        yield table.fault(cities[1] if cities else 1, f"应有 1 个市，写了 {len(cities)} 个")


def _organisations(told: Parsed) -> Iterator[Fault]:
    table = told.rows("organisations.csv")
    known, divisions = told.codes("organisations.csv"), told.codes("divisions.csv")
    turning = in_circles({row["code"]: row["parent_code"] for row in table.rows})
    yield from _counterparts(told)
    for line, row in table:
        if divisions is not None and row["division_code"] not in divisions:
            yield table.fault(line, f"所在区划不存在：{row['division_code']}")
        if row["code"] in turning:
            yield table.fault(line, f"上级关系绕成了圈：{row['code']}")
        elif known is not None and row["parent_code"] and row["parent_code"] not in known:
            yield table.fault(line, f"上级机构不存在：{row['parent_code']}")


def _counterparts(told: Parsed) -> Iterator[Fault]:
    """对口: a county's organisation does the work of one of the city's, and no other of it does."""
    table, known = told.rows("organisations.csv"), told.codes("organisations.csv")
    if known is None:
        return
    taken = set()
    for line, row in table:
        if not (code := row.get("counterpart", "")):
            continue
        if row["level"] != "county" or known.get(code, {}).get("level") != "city":
            yield table.fault(line, f"县级机构才写对口，对口的应是市级机构：{code}")
        elif (row["division_code"], code) in taken:
            yield table.fault(line, f"这个县（市、区）已有一个机构对口 {code}")
        taken.add((row["division_code"], code))


def _city(told: Parsed) -> Iterator[Fault]:
    document = told.document("city.yaml")
    if document is None:
        return
    city = document.data
    divisions, organisations = told.codes("divisions.csv"), told.codes("organisations.csv")
    row = None if divisions is None else divisions.get(f"{city['code']}000000")
    if divisions is not None and (row is None or row["level"] != "city"):
        yield document.fault(f"divisions.csv 里没有这个市：{city['code']}", "code")
    elif row is not None and row["name"] != city["name"]:
        yield document.fault(f"divisions.csv 里叫“{row['name']}”，这里叫“{city['name']}”", "name")
    if organisations is not None and city["data_lead"] not in organisations:
        yield document.fault(f"牵头机构不存在：{city['data_lead']}", "data_lead")


def _map(told: Parsed) -> Iterator[Fault]:
    document, table = told.document("map.json"), told.rows("divisions.csv")
    if document is None or not table.is_sound:
        return
    counties = {
        row["code"][:COUNTY_DIGITS]: row["name"] for row in table.rows if row["level"] == "county"
    }
    drawn = set()
    for place, area in enumerate(document.data["areas"]):
        if area["code"] in drawn:
            yield document.fault(f"画了两次：{area['code']}", "areas", place)
        drawn.add(area["code"])
        if counties.get(area["code"]) != area["name"]:
            yield document.fault(
                f"divisions.csv 里没有 {area['code']} {area['name']}", "areas", place, "name"
            )
    for code in sorted(set(counties) - drawn):
        yield document.fault(f"地图上缺少 {code} {counties[code]}", "areas")
