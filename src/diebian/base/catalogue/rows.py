"""How what was told of an entry becomes its rows; shared by every action that writes one."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from diebian.kernel.errors import NotFound
from diebian.standards.metadata import Level
from diebian.standards.pinyin import initials
from diebian.standards.sharing import OpenType, SharingType

from .facts import EntryFacts, ItemFacts
from .models import DataItem, Entry
from .refusals import BasisMissing, OpenTooWide, ReasonMissing, TitleTaken
from .snapshot import LABELS

LONGEST_INITIALS = 200


def lock(entry_id: UUID) -> Entry:
    """The row as it is now and stays until we commit: two officers cannot both publish it."""
    entries = Entry.objects.select_for_update(of=("self",)).select_related("provider")
    entry = entries.filter(public_id=entry_id).first()
    if entry is None:
        raise NotFound
    return entry


def columns_of(facts: EntryFacts) -> dict[str, Any]:
    """The entry's own columns. What may not be written is refused here, for every writer."""
    is_withheld = SharingType.NEVER in {facts.sharing, *(item.sharing for item in facts.items)}
    if is_withheld and not facts.sharing_basis.strip():
        raise BasisMissing
    if facts.open_type == OpenType.UNCONDITIONAL and facts.level >= Level.THREE:
        raise OpenTooWide
    return {
        **{name: getattr(facts, name) for name in LABELS},
        "theme": facts.theme or "",
        "initials": initials(facts.title)[:LONGEST_INITIALS],
        "search_text": searchable(facts.title, facts.items),
    }


def searchable(title: str, items: Iterable[ItemFacts]) -> str:
    """Title in the first line, items below: one column to look through instead of a join."""
    return "\n".join([title, *(item.name for item in items)]).lower()


def refuse_taken_title(entry: Entry, title: str) -> None:
    """One department has no two entries of one name, however the second got its name."""
    same = Entry.objects.filter(provider=entry.provider, title=title)
    if same.exclude(pk=entry.pk).exists():
        raise TitleTaken


def rewrite(entry: Entry, facts: EntryFacts) -> None:
    """The entry and its items say from now on what `facts` say."""
    for name, value in columns_of(facts).items():
        setattr(entry, name, value)
    entry.save()
    replace_items(entry, facts)


def replace_items(entry: Entry, facts: EntryFacts) -> None:
    entry.items.all().delete()
    DataItem.objects.bulk_create(
        [item_row(entry, place, item) for place, item in enumerate(facts.items, start=1)]
    )


def item_row(entry: Entry, place: int, item: ItemFacts) -> DataItem:
    return DataItem(
        entry=entry,
        place=place,
        name=item.name,
        type=item.type,
        length=item.length,
        level=item.level,
        privacy=item.privacy,
        column=item.column,
        sharing=item.sharing or "",
        element_id=item.element or None,
    )


def worded(reason: str) -> str:
    if not reason.strip():
        raise ReasonMissing
    return reason.strip()
