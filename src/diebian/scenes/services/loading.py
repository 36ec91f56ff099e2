"""The service items of a city's folder, as rows and versions. One that is no more is retired.

A row that changed becomes a version in force from that day; one that its department has changed
itself stays as the department has it.
"""

from collections.abc import Iterable, Mapping, Sequence

from diebian.base.directory.public import Change, ProfileSection, Verb
from diebian.kernel import clock
from diebian.security.identity.public import Actor, department_keys
from diebian.standards.marks import Mark
from diebian.standards.profile import CityProfile

from .items.folder import Wanted, wanted_in
from .items.following import tell_followers
from .items.models import ItemVersion, ServiceItem, State
from .items.told import LABELS, changes_of, names_in
from .items.writing import take_in
from .models import OPEN, Case

OWN_ONE = "部门自己改过，以部门的为准"


def load_items(profile: CityProfile, by: Actor, dry_run: bool) -> list[Change]:  # noqa: ARG001
    """Runs within the directory's load, which asks who acts and writes the trail."""
    wanted = wanted_in(profile)
    known = {row.code: row for row in ServiceItem.objects.select_related("department")}
    versions = _in_force([known[code] for code in wanted if _is_new(known.get(code), wanted[code])])
    told: list[Change] = []
    changed: list[Wanted] = []
    for code, will in wanted.items():
        row = known.get(code)
        if row is None:
            told.append(Change(Verb.NEW, _subject(will)))
            changed.append(will)
        else:
            told += _renewed(row, will, versions.get(row.pk), changed)
    gone = [row for code, row in known.items() if code not in wanted and row.retired_on is None]
    told += [_retired(row) for row in gone]
    if not dry_run:
        _write(wanted, known, changed, gone)
    return told


SECTION = ProfileSection(slug="services", diff_and_load=load_items)


def _is_new(row: ServiceItem | None, will: Wanted) -> bool:
    return row is not None and row.digest != will.digest


def _in_force(rows: Sequence[ServiceItem]) -> dict[int, ItemVersion]:
    found = ItemVersion.objects.filter(item__in=rows, state=State.IN_FORCE)
    return {one.item_id: one for one in found}


def _renewed(
    row: ServiceItem, will: Wanted, version: ItemVersion | None, changed: list[Wanted]
) -> Iterable[Change]:
    """`changed` takes what becomes a version of its own."""
    subject = _subject(will)
    if row.retired_on is not None:
        yield Change(Verb.BACK, subject)
    if version is None:  # the folder says what it said before
        return
    if not version.is_of_folder:
        yield Change(Verb.CHANGED, subject, "城市资料", "", OWN_ONE)
        return
    if (version.facts, version.journey) == (will.facts, will.journey):
        return  # only how it is written down is another way
    changed.append(will)
    names = names_in([version.facts, will.facts])
    for one in changes_of(subject, version.facts, will.facts, names):
        if not _is_composed(one, will):
            yield one
    if version.journey != will.journey:
        yield Change(Verb.CHANGED, subject, "网上办理流程", "原来的", "新的")


def _is_composed(change: Change, will: Wanted) -> bool:
    """A sample code follows from other facts, and those are told."""
    return change.what == LABELS["national_code"] and will.facts.national_mark == Mark.SAMPLE


def _retired(row: ServiceItem) -> Change:
    waiting = Case.objects.filter(item=row, state__in=OPEN).count()
    note = f"（还有 {waiting} 件在办，照常办完）" if waiting else ""
    return Change(Verb.RETIRED, f"事项 {row.code} {row.name}{note}")


def _write(
    wanted: Mapping[str, Wanted],
    known: Mapping[str, ServiceItem],
    changed: Sequence[Wanted],
    gone: Sequence[ServiceItem],
) -> None:
    items = ServiceItem.objects
    take_in(changed, department_keys() if changed else {})
    back = [code for code in wanted if code in known and known[code].retired_on is not None]
    items.filter(code__in=back).update(retired_on=None)
    told_once = {will.code for will in changed}
    for code, row in known.items():
        if code in wanted and code not in told_once and _is_new(row, wanted[code]):
            items.filter(code=code).update(digest=wanted[code].digest)
    items.filter(pk__in=[row.pk for row in gone]).update(retired_on=clock.today())
    tell_followers([*back, *(row.code for row in gone)])


def _subject(one: Wanted) -> str:
    return f"事项 {one.code} {one.facts.name}"
