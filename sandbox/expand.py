"""A copy of a city's folder with its catalogue at a published scale: `python -m sandbox.expand`.

    python -m sandbox.expand cities/NAME OUT [--city 2057] [--county 5405]

Every row it adds is a sample and says whose likeness it is; the same folder gives the same copy.
City departments get the yearly archives of what they have. County departments get what the city
department that they answer to has, and where that is not enough, what every department has.
"""

import argparse
import csv
import shutil
from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import Path

Row = dict[str, str]
CITY, COUNTY = 2057, 5405  # what the city published on 2022-04-22
NEWEST_YEAR = 2021
ANSWERS_TO = "对口"  # how `duty` of a county department names the city department


def expand(folder: Path, out: Path, *, city: int = CITY, county: int = COUNTY) -> int:
    """The number of rows in the copy's catalogue."""
    shutil.copytree(folder, out)
    entries, organisations = _read(out / "catalogue.csv"), _read(out / "organisations.csv")
    archives = list(_archives(entries, city - len(entries)))
    rows = [*entries, *archives, *_counties(entries, organisations, county)]
    with (out / "catalogue.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(entries[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return len(rows)


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


def main() -> None:
    words = argparse.ArgumentParser(prog="python -m sandbox.expand", description=__doc__)
    words.add_argument("folder", type=Path)
    words.add_argument("out", type=Path)
    words.add_argument("--city", type=int, default=CITY)
    words.add_argument("--county", type=int, default=COUNTY)
    asked = words.parse_args()
    made = expand(asked.folder, asked.out, city=asked.city, county=asked.county)
    print(f"{asked.out}: {made} rows")  # noqa: T201


if __name__ == "__main__":
    main()
