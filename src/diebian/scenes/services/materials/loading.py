"""The register of materials of a city's folder, as rows. One that is no more is retired."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from diebian.base.directory.public import Change, ProfileSection, Verb, compared, differences
from diebian.kernel import clock
from diebian.security.identity.public import Actor
from diebian.standards.marks import mark_of
from diebian.standards.profile import CityProfile, Row

from .models import Kind, Material

FACTS = {
    "name": "名称",
    "identity": "规范身份",
    "licence_type": "证照类型",
    "dataset": "数据目录",
    "provider": "提供部门",
    "aliases": "别名",
    "mark": "标记",
}
Facts = Mapping[str, Any]


def load_materials(profile: CityProfile, by: Actor, dry_run: bool) -> list[Change]:  # noqa: ARG001
    """Runs within the directory's load. What departments brought in themselves is not touched."""
    known = {row.code: row for row in Material.objects.filter(proposed_by="")}
    wanted = _wanted(profile)
    found = compared(known, wanted, _changes, lambda row: _subject(row.code, row.name))
    if not dry_run:
        _write(found.changed, wanted)
        rows = Material.objects.filter(pk__in=[row.pk for row in found.gone])
        rows.update(retired_on=clock.today())
    return list(found.changes)


SECTION = ProfileSection(slug="materials", diff_and_load=load_materials)


def _wanted(profile: CityProfile) -> dict[str, Facts]:
    credit_codes = {row["code"]: row["uscc"] for row in profile.organisations}
    holders = {row["code"]: credit_codes[row["org_code"]] for row in profile.rows("catalogue.csv")}
    return {row["code"]: _facts(row, holders) for row in profile.rows("materials.csv")}


def _facts(row: Row, holders: Mapping[str, str]) -> Facts:
    return {
        "name": row["name"],
        "identity": row["normal_identity"],
        "licence_type": row["replace_licence"],
        "dataset": row["replace_catalogue_name"],
        "provider": holders.get(row["replace_catalogue"], ""),
        "aliases": [one for one in row["aliases"].split(";") if one],
        "mark": str(mark_of(row["status"])),
    }


def _changes(code: str, row: Material | None, will: Facts) -> Iterator[Change]:
    subject = _subject(code, will["name"])
    if row is None:
        yield Change(Verb.NEW, subject)
        return
    yield from differences(subject, {fact: getattr(row, fact) for fact in FACTS}, will, FACTS)
    if row.retired_on is not None:
        yield Change(Verb.BACK, subject)


def _subject(code: str, name: str) -> str:
    return f"材料 {code} {name}"


def _write(codes: Sequence[str], wanted: Mapping[str, Facts]) -> None:
    Material.objects.bulk_create(
        [
            Material(code=code, kind=kind_of(wanted[code]["identity"]), **wanted[code])
            for code in codes
        ],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=[*FACTS, "kind", "retired_on"],
    )


def kind_of(identity: str) -> Kind:
    return Kind(identity.partition(":")[0])
