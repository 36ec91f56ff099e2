"""Rules of a city's folder: `quality.yaml`. A second load of the same folder changes nothing."""

from collections.abc import Iterator, Mapping
from typing import Any

from diebian.base.directory.public import Change, ProfileSection, Verb
from diebian.base.lake.public import LakeTable, lake_tables
from diebian.security.identity.public import Actor
from diebian.standards.profile import CityProfile
from diebian.standards.sharing import CORRECTION

from .models import Rule
from .rule_actions import declare_rule, end_rule, others_named, rule_of

FILE = "quality.yaml"


def load_rules(profile: CityProfile, by: Actor, dry_run: bool = False) -> list[Change]:
    """What is told of a table that is not collected yet waits: it is taken in by a later load."""
    listed = profile.document(FILE).get("rules", [])
    tables = {one.slug: one for one in lake_tables(sorted({one["table"] for one in listed}))}
    wanted = list(_wanted(listed, tables)) if listed else []
    active = Rule.objects.filter(ended_at=None).select_related("collection")
    known = {(one.collection_id, one.kind, one.digest): one for one in active}
    told = []
    for table, one, rule in wanted:
        if (rule.collection_id, rule.kind, rule.digest) not in known:
            told.append(Change(Verb.NEW, f"质量规则 {table.title}：{rule.says}"))
            if not dry_run:
                _declare(one, by)
    kept = {(rule.collection_id, rule.kind, rule.digest) for _, _, rule in wanted}
    for of, rule in known.items():
        if rule.from_city and of not in kept:
            told.append(Change(Verb.RETIRED, f"质量规则 {rule.collection.title}：{rule.says}"))
            if not dry_run:
                end_rule(rule_id=rule.public_id, by=by)
    return told


SECTION = ProfileSection(slug="quality", diff_and_load=load_rules)


def _wanted(
    listed: list[Mapping[str, Any]], tables: Mapping[str, LakeTable]
) -> Iterator[tuple[LakeTable, Mapping[str, Any], Rule]]:
    for one in listed:
        if one["table"] in tables:
            table = tables[one["table"]]
            yield (
                table,
                one,
                rule_of(
                    table,
                    one["kind"],
                    one["told"],
                    others=others_named(one["told"]),
                    days=_days(one),
                ),
            )


def _declare(one: Mapping[str, Any], by: Actor) -> None:
    declare_rule(
        table=one["table"],
        kind=one["kind"],
        told=one["told"],
        basis=one.get("basis", ""),
        days=_days(one),
        from_city=True,
        by=by,
    )


def _days(one: Mapping[str, Any]) -> int:
    return int(one.get("days", CORRECTION.days))
