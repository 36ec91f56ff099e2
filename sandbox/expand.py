"""A copy of a city's folder with its catalogue at a published scale: `python -m sandbox.expand`.

    python -m sandbox.expand cities/NAME OUT [--city 2057] [--county 5405] [--cross 104]
                                             [--personal 336]

Every row it adds is a sample and says whose likeness it is; the same folder gives the same copy.
City departments get the yearly archives of what they have. County departments get what the city
department that they answer to has, and where that is not enough, what every department has.
Themes across departments get variants of what they are; those of one department are made from its
items, two of which are put together.
"""

import argparse
import csv
import shutil
from collections.abc import Iterator, Sequence
from itertools import count, islice
from pathlib import Path

Row = dict[str, str]
CITY, COUNTY = 2057, 5405  # what the city published on 2022-04-22
CROSS, PERSONAL = 104, 336  # themes, published with it
VARIANTS = ("（帮办代办）", "（全程网办）", "（就近办理）")
OCCASIONS = ("", "（首次办理）", "（变更办理）", "（代办）")
NEWEST_YEAR = 2021
ANSWERS_TO = "对口"  # how `duty` of a county department names the city department


def expand(
    folder: Path,
    out: Path,
    *,
    city: int = CITY,
    county: int = COUNTY,
    cross: int = CROSS,
    personal: int = PERSONAL,
) -> int:
    """The number of rows in the copy's catalogue."""
    shutil.copytree(folder, out)
    expand_themes(out, cross, personal)
    entries, organisations = _read(out / "catalogue.csv"), _read(out / "organisations.csv")
    archives = list(_archives(entries, city - len(entries)))
    rows = [*entries, *archives, *_counties(entries, organisations, county)]
    _write(out / "catalogue.csv", rows)
    return len(rows)


def expand_themes(out: Path, cross: int = CROSS, personal: int = PERSONAL) -> None:
    """In the copy: until there are so many across departments, and of one department."""
    if not (out / "one_things.csv").exists():
        return
    themes, members = _read(out / "one_things.csv"), _read(out / "one_thing_members.csv")
    numbers = count(len(themes) + 1)
    have = {kind: sum(row["type"] == kind for row in themes) for kind in ("cross", "personal")}
    more = [
        *islice(_variants(themes, members), max(cross - have["cross"], 0)),
        *islice(_pairs(themes, _read(out / "service_items.csv")),
                max(personal - have["personal"], 0)),
    ]  # fmt: skip
    for theme, listed in more:
        code = f"OT{next(numbers):03}"
        themes.append({**theme, "code": code, "status": "SAMPLE"})
        members += [{**row, "theme_code": code, "status": "SAMPLE"} for row in listed]
    _write(out / "one_things.csv", themes)
    _write(out / "one_thing_members.csv", members)


def _variants(themes: Sequence[Row], members: Sequence[Row]) -> Iterator[tuple[Row, list[Row]]]:
    for label in VARIANTS:
        for theme in [row for row in themes if row["type"] == "cross"]:
            source = f"expanded: variant of {theme['code']}"
            listed = [row for row in members if row["theme_code"] == theme["code"]]
            yield {**theme, "name": theme["name"] + label, "source": source}, listed


def _pairs(themes: Sequence[Row], items: Sequence[Row]) -> Iterator[tuple[Row, list[Row]]]:
    """An item for people with another of its department, one behind the other."""
    taken = {row["name"] for row in themes}
    of_people = [row for row in items if "自然人" in row["object"]]
    for label in OCCASIONS:
        for item in of_people:
            name = f"{item['name']}一件事{label}"
            if name in taken:
                continue
            others = [row for row in of_people
                      if row["org_code"] == item["org_code"] and row is not item]  # fmt: skip
            both = [item, *others[:1]]
            yield (
                _of_one(name, item, len(both)),
                [_member(row, seq) for seq, row in enumerate(both, start=1)],
            )


def _of_one(name: str, item: Row, members: int) -> Row:
    return {
        "name": name,
        "type": "personal",
        "object": "自然人",
        "lead_org": item["org_code"],
        "lead_short": item["org_short"],
        "member_count": str(members),
        "org_count": "1",
        "source": f"expanded: from {item['code']}",
    }


def _member(item: Row, seq: int) -> Row:
    return {
        "seq": str(seq),
        "item_code": item["code"],
        "item_name": item["name"],
        "org_code": item["org_code"],
        "after_seq": "1" if seq > 1 else "",
        "condition": "",
    }


def _archives(entries: Sequence[Row], wanted: int) -> Iterator[Row]:
    """Years backwards, each over all entries, until there are enough."""
    numbers = {
        row["org_code"]: count(_last_number(entries, row["org_code"]) + 1) for row in entries
    }
    for place in range(max(wanted, 0)):
        back, which = divmod(place, len(entries))
        of = entries[which]
        yield {
            **of,
            "code": f"{of['org_code']}-{next(numbers[of['org_code']]):04}",
            "name": f"{of['name']}（{NEWEST_YEAR - back} 年归档）",
            "update_cycle": "每年",
            "origin": f"expanded: yearly archive of {of['code']}",
            "status": "SAMPLE",
        }


def _counties(entries: Sequence[Row], organisations: Sequence[Row], wanted: int) -> Iterator[Row]:
    """As many for each department as for the next, the first ones one more."""
    offices = [
        row for row in organisations if row["level"] == "county" and row["kind"] != "government"
    ]
    each, more = divmod(wanted, len(offices) or 1)
    common = _common(entries)
    for place, office in enumerate(offices):
        own = [row for row in entries if ANSWERS_TO + row["org_short"] == office["duty"]]
        likenesses = {_bare(row["name"]): row for row in [*own, *common]}
        for number in range(each + (place < more)):
            turn, which = divmod(number, len(likenesses))
            bare, of = list(likenesses.items())[which]
            again = f"（续 {turn}）" if turn else ""
            yield {
                **of,
                "code": f"{office['code']}-{number + 1:04}",
                "name": f"{office['short_name']}{bare}{again}",
                "org_code": office["code"],
                "org_short": office["short_name"],
                "origin": f"expanded: county counterpart of {of['code']}",
                "status": "SAMPLE",
            }


def _common(entries: Sequence[Row]) -> list[Row]:
    """What most departments have: their names differ in the brackets only."""
    holders: dict[str, list[Row]] = {}
    for row in entries:
        if "（" in row["name"]:
            holders.setdefault(_bare(row["name"]), []).append(row)
    return [rows[0] for _, rows in sorted(holders.items(), key=lambda one: -len(one[1]))]


def _bare(name: str) -> str:
    return name.split("（", maxsplit=1)[0]


def _last_number(entries: Sequence[Row], owner: str) -> int:
    return max(int(row["code"].rsplit("-")[-1]) for row in entries if row["org_code"] == owner)


def _read(file: Path) -> list[Row]:
    with file.open(newline="", encoding="utf-8") as opened:
        return list(csv.DictReader(opened))


def _write(file: Path, rows: Sequence[Row]) -> None:
    with file.open("w", newline="", encoding="utf-8") as opened:
        writer = csv.DictWriter(opened, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def main() -> None:
    words = argparse.ArgumentParser(prog="python -m sandbox.expand", description=__doc__)
    words.add_argument("folder", type=Path)
    words.add_argument("out", type=Path)
    words.add_argument("--city", type=int, default=CITY)
    words.add_argument("--county", type=int, default=COUNTY)
    words.add_argument("--cross", type=int, default=CROSS)
    words.add_argument("--personal", type=int, default=PERSONAL)
    asked = words.parse_args()
    made = expand(
        asked.folder, asked.out, city=asked.city, county=asked.county,
        cross=asked.cross, personal=asked.personal,
    )  # fmt: skip
    print(f"{asked.out}: {made} rows")  # noqa: T201


if __name__ == "__main__":
    main()
