"""Who brings two sides together: the data authority of the least area that both belong to.

In one county that is the county's, where it is here; else the city's. For a county's department
against the city's, and for two counties, the city's is the next higher one that they have in
common (国务院令第809号 第二十八条: 跨层级、跨地域的).
"""

from dataclasses import dataclass

from diebian.base.directory.public import city, counties, counties_of
from diebian.security.identity.public import Post, departments_holding

CITY = ""  # as `county_of` says of the city's own departments


@dataclass(frozen=True)
class Bench:
    """`area`: six digits of a county, or `CITY`. `is_common`: the sides are not of one level."""

    area: str
    is_common: bool

    @property
    def place(self) -> str:
        """The name of the area; before a city is loaded it has none."""
        told = city()
        return counties().get(self.area, "") or (told.name if told else "")

    @property
    def authority(self) -> str:
        return f"{'共同的上级，' if self.is_common else ''}{self.place}数据主管部门"

    @property
    def government(self) -> str:
        return f"{self.place}人民政府" if self.place else "本级政府"


def bench_between(asking: str, provider: str) -> Bench:
    """Of two credit codes; `asking` is empty where a person asks."""
    areas = counties_of({asking, provider})
    theirs = areas[provider]
    ours = areas[asking] if asking else theirs
    if ours != theirs:
        return Bench(CITY, is_common=True)
    return Bench(theirs if authorities(theirs) else CITY, is_common=False)


def authorities(area: str) -> list[str]:
    """Keys of the officials in the authority's post whose department is of this area."""
    held = departments_holding(Post.AUTHORITY)
    areas = counties_of(set(held.values()))
    return [key for key, department in held.items() if areas[department] == area]
