"""The kinds of nodes above (`upper_resources.csv`): an entry for each theme, all tried at once."""

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from itertools import groupby
from typing import Any

from django.db import transaction

from diebian.base.catalogue.public import mount_resource, resources_named
from diebian.base.exchange.public import probe_all
from diebian.security.identity.public import actor_by_username
from diebian.standards.profile import CityProfile
from diebian.standards.profile.upper import contract_of, item_lines

from .acting import entry_of

Row = Mapping[str, str]
Tried = tuple[Row, dict[str, Any], set[str]]  # its contract, and the columns that came


def mount_upper(profile: CityProfile) -> int:
    """Each kind that is not mounted yet is really asked, before anything is written; returns how
    many there were.
    """
    nodes = {one["system"]: one["kinds"] for one in profile.journey.get("upstreams", [])
             if "kinds" in one}  # fmt: skip
    rows = profile.rows("upper_resources.csv")
    known = {one.slug for one in resources_named([row["slug"] for row in rows])}
    missing = sorted((row for row in rows if row["slug"] not in known), key=_theme)
    contracts = [contract_of(row, nodes[row["node"]]) for row in missing]
    tried = zip(missing, contracts, probe_all(contracts), strict=True)
    with transaction.atomic():
        for theme, told in groupby(tried, key=lambda one: _theme(one[0])):
            kinds = list(told)
            _mount(theme, kinds, nodes[kinds[0][0]["node"]], profile)
    return len(missing)


def _theme(row: Row) -> str:
    return row["theme"]


def _mount(
    theme: str, kinds: Sequence[Tried], manners: Mapping[str, Any], profile: CityProfile
) -> None:
    manager = actor_by_username(manners["mounted_by"])
    told = _told(theme, manners, (row for row, _, _ in kinds))
    entry = entry_of(told, profile.people, manager)
    for row, contract, columns in kinds:
        mount_resource(
            entry_id=entry,
            slug=row["slug"],
            title=row["name"],
            contract=contract,
            probe=partial(_columns, columns),
            by=manager,
        )


def _told(theme: str, manners: Mapping[str, Any], rows: Iterable[Row]) -> dict[str, str]:
    return {
        "entry": f"上级资源：{theme}",
        "organisation": manners["organisation"],
        "items": "\n".join(line for row in rows for line in item_lines(row)),
        "summary": f"国家和省数据共享平台的{theme}类接口，由本市代理（样例）",
        "condition": "用于履行职责，经提供部门授权，不得另作他用",
    }


def _columns(told: set[str], _: Mapping[str, Any]) -> set[str]:
    """What this kind answered when all were asked."""
    return told
