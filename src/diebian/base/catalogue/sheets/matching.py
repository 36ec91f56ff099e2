"""A workbook's lines beside the entries that the department has: what would become of each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from diebian.base.catalogue.changes import open_changes
from diebian.base.catalogue.facts import EntryFacts
from diebian.base.catalogue.models import ChangeState, Entry, EntryChange, State
from diebian.base.catalogue.planned import Fate, Planned
from diebian.base.catalogue.refusals import ItemsMissing
from diebian.base.catalogue.snapshot import differences, facts_of

from .columns import ENTRIES
from .reading import Fault, Line

IN_REVIEW = "正在审核，办完才能改"
NOT_OURS = "本部门没有这个编号的目录。新的一条请把编号删去"
TWICE = "和别的行说的是同一条目录"
TITLE_TAKEN = "本部门已有同名目录"


@dataclass
class Matched:
    """`same`: how many lines say what their entries say already."""

    planned: list[Planned] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    same: int = 0


def matched(lines: Sequence[Line], provider: str) -> Matched:
    """`provider`: the credit code of the department whose workbook it is."""
    rows = Entry.objects.filter(provider__credit_code=provider).defer("search_text")
    own = list(rows.prefetch_related("items"))
    by_number = {str(one.public_id): one for one in own}
    by_title = {one.title: one for one in own}
    found, seen, changes = Matched(), set[int](), open_changes(own)
    for line in lines:
        entry = by_number.get(line.number) if line.number else by_title.get(line.facts.title)
        fault = _fault(line, entry, by_title, seen)
        if fault:
            found.faults.append(fault)
            continue
        if entry is not None:
            seen.add(entry.pk)
        told = _planned(line, entry, changes)
        if isinstance(told, Planned):
            found.planned.append(told)
        elif isinstance(told, Fault):
            found.faults.append(told)
        else:
            found.same += 1
    return found


def _fault(
    line: Line, entry: Entry | None, by_title: Mapping[str, Entry], seen: set[int]
) -> Fault | None:
    if line.number and entry is None:
        return Fault(ENTRIES, line.number_at, NOT_OURS)
    if entry is not None and entry.pk in seen:
        return Fault(ENTRIES, line.at, TWICE)
    if by_title.get(line.facts.title, entry) != entry:
        return Fault(ENTRIES, line.at, TITLE_TAKEN)
    return None


def _planned(
    line: Line, entry: Entry | None, changes: Mapping[int, EntryChange]
) -> Planned | Fault | None:
    """None where it says what is said already."""
    if entry is None:
        return Planned(Fate.NEW, line.facts)
    before = facts_of(entry)
    if entry.state == State.WITHDRAWN:
        return Planned(Fate.AGAIN, line.facts, entry.public_id, before)
    is_altered = bool(list(differences(before, line.facts)))
    if entry.state == State.DRAFT and is_altered:
        return Planned(Fate.EDITED, line.facts, entry.public_id, before)
    return _proposed(line, entry, before, changes.get(entry.pk)) if is_altered else None


def _proposed(
    line: Line, entry: Entry, before: EntryFacts, change: EntryChange | None
) -> Planned | Fault:
    if entry.state != State.PUBLISHED or (change and change.state != ChangeState.RETURNED):
        return Fault(ENTRIES, line.at, IN_REVIEW)
    if not line.facts.items:
        return Fault(ENTRIES, line.at, ItemsMissing.title)
    return Planned(Fate.PROPOSED, line.facts, entry.public_id, before)
