"""Whom the walk plays and what they type: from the city's folder, like everything of a city."""

from collections.abc import Mapping
from dataclasses import dataclass

from diebian.standards.profile import CityProfile


@dataclass(frozen=True)
class Script:
    password: str
    person: str
    stranger: str
    reviewer: str
    watcher: str
    search: str
    form: Mapping[str, str]
    falls_over: str  # the part whose absence is tried
    asks: int  # how many departments are asked for one case
    held_material: str  # one that a department answers, by the name people use
    decision: str


def script_of(profile: CityProfile) -> Script:
    told = profile.journey["walk"]
    [item] = profile.journey["items"][:1]
    held = next(one for one in item["materials"] if one["answered_by"] in item["asks"])
    return Script(
        password=str(profile.people["password"]),
        person=told["person"],
        stranger=told["stranger"],
        reviewer=told["reviewer"],
        watcher=told["watcher"],
        search=told["search"],
        form=told["form"],
        falls_over=told["falls_over"],
        asks=len(item["asks"]),
        held_material=held["name"],
        decision=item["decision"]["title"],
    )
