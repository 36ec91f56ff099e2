"""The stock of a city: its catalogue.csv as published entries, marked as what they are.

A second load of the same folder changes nothing. A row that changed becomes a version, one that is
gone is withdrawn, one that a department has changed itself stays as the department has it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from diebian.base.catalogue.changes import said_since
from diebian.base.catalogue.facts import EntryFacts
from diebian.base.catalogue.models import ChangeState, DataItem, Entry, EntryChange, State
from diebian.base.catalogue.reviews import next_review
from diebian.base.catalogue.rows import columns_of, item_row, replace_items
from diebian.base.catalogue.snapshot import differences, facts_of, kept
from diebian.base.catalogue.telling import tell_moved
from diebian.base.directory.public import Change, ProfileSection, Verb
from diebian.kernel import clock
from diebian.security.identity.public import Actor, department_keys, department_name
from diebian.standards.profile import CityProfile

from .copying import copy_in
from .synonyms import load_synonyms
from .wanted import Wanted, due_from, wanted_in

GONE = "城市资料里已没有这一条"
WHY = "城市资料更新"
BY_FOLDER = "平台"
OWN_ONE = "部门自己改过，以部门的为准"


def load_stock(profile: CityProfile, by: Actor, dry_run: bool) -> list[Change]:
    """Runs within the directory's load, which asks who acts and writes the trail."""
    wanted = wanted_in(profile)
    known = {
        row.code: row
        for row in Entry.objects.exclude(code="").select_related("provider").defer("search_text")
    }
    new = list(_new(wanted, known))
    told = [Change(Verb.NEW, _subject(one)) for one in new]
    if new and not dry_run:
        _create(new)
    changed: list[EntryChange] = []
    for code, row in known.items():
        if code in wanted:
            told += _renewed(row, wanted[code], changed, dry_run=dry_run)
    gone = _gone(profile, known)
    told += [Change(Verb.RETIRED, f"目录 {row.code} {row.title}") for row in gone]
    if not dry_run:
        _withdraw(gone)
        for moved in (gone, changed):  # the folder's word is not its department's: it learns of it
            tell_moved(moved, by)
    return [*told, *load_synonyms(profile, dry_run=dry_run)]


SECTION = ProfileSection(slug="catalogue", diff_and_load=load_stock)


def _gone(profile: CityProfile, known: Mapping[str, Entry]) -> list[Entry]:
    """What the journey has taken over is not gone."""
    codes = {row["code"] for row in profile.rows("catalogue.csv")}
    published = [row for row in known.values() if row.state == State.PUBLISHED]
    return [row for row in published if row.code not in codes]


def _new(wanted: Mapping[str, Wanted], known: Mapping[str, Entry]) -> Iterator[Wanted]:
    """An entry of the same department and title that people drafted is theirs: it stays."""
    own = set(Entry.objects.values_list("provider__credit_code", "title"))
    for code, one in wanted.items():
        if code not in known and (one.credit_code, one.title) not in own:
            yield one


def _create(new: Sequence[Wanted]) -> None:
    departments, now, due = department_keys(), clock.now(), next_review()
    facts = {one.code: due_from(one.facts, due) for one in new}
    copy_in(
        [
            Entry(
                **columns_of(facts[one.code]),
                provider_id=departments[one.credit_code],
                county=one.county,
                mark=one.mark,
                code=one.code,
                digest=one.digest,
                state=State.PUBLISHED,
                published_at=now,
            )
            for one in new
        ]
    )
    entries = Entry.objects.filter(code__in=list(facts)).only("pk", "code")
    copy_in(list(_item_rows(entries, facts)))


def _item_rows(entries: Iterable[Entry], facts: Mapping[str, EntryFacts]) -> Iterator[DataItem]:
    for entry in entries:
        for place, item in enumerate(facts[entry.code].items, start=1):
            yield item_row(entry, place, item)


def _renewed(
    row: Entry, will: Wanted, changed: list[EntryChange], *, dry_run: bool
) -> Iterator[Change]:
    """`changed` takes the version that a changed row becomes, for whoever is told of it."""
    if row.state == State.WITHDRAWN and row.reason == GONE:
        yield Change(Verb.BACK, _subject(will))
        _set(row, dry_run=dry_run, state=State.PUBLISHED, reason="")
    if row.digest == will.digest:
        return
    if _is_peoples(row):
        yield Change(Verb.CHANGED, _subject(will), "城市资料", "", OWN_ONE)
        _set(row, dry_run=dry_run, digest=will.digest)
        return
    before, after = facts_of(row), due_from(will.facts, row.review_due, row.responsible)
    for one in differences(before, after):
        yield Change(Verb.CHANGED, _subject(will), one.what, one.was, one.will)
    provider = row.provider_id
    if row.provider.credit_code != will.credit_code:
        provider = department_keys()[will.credit_code]
        name = department_name(will.credit_code)
        yield Change(Verb.CHANGED, _subject(will), "提供部门", row.provider.name, name)
    if row.mark != will.mark:
        yield Change(Verb.CHANGED, _subject(will), "标记", row.mark, will.mark)
    if dry_run:
        return
    if before != after:
        now = clock.now()
        version = EntryChange.objects.create(
            entry=row,
            why=WHY,
            before=kept(before),
            after=kept(after),
            state=ChangeState.PUBLISHED,
            proposed_by=BY_FOLDER,
            proposed_at=now,
            published_at=now,
            since=said_since(row),
        )
        if row.state == State.PUBLISHED:
            changed.append(version)
        replace_items(row, after)
    _set(
        row,
        dry_run=False,
        **columns_of(after),
        provider_id=provider,
        county=will.county,
        mark=will.mark,
        digest=will.digest,
    )


def _withdraw(gone: Sequence[Entry]) -> None:
    rows = Entry.objects.filter(pk__in=[row.pk for row in gone])
    rows.update(state=State.WITHDRAWN, reason=GONE, reminded="")
    for row in gone:
        row.state, row.reason = State.WITHDRAWN, GONE


def _is_peoples(row: Entry) -> bool:
    """Changed by its department, or drafted again after it was withdrawn."""
    by_people = row.changes.exclude(proposed_by=BY_FOLDER).filter(state=ChangeState.PUBLISHED)
    return row.before is not None or by_people.exists()


def _set(row: Entry, *, dry_run: bool, **values: object) -> None:
    if not dry_run:
        Entry.objects.filter(pk=row.pk).update(**values)
        for name, value in values.items():
            setattr(row, name, value)


def _subject(one: Wanted) -> str:
    return f"目录 {one.code} {one.title}"
