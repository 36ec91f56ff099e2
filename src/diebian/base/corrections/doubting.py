"""Whoever uses a value, or whose it is, says that it is wrong: by page or interface, one action."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction

from diebian.base.catalogue.public import ResourceLine
from diebian.base.catalogue.public import resource as resource_of
from diebian.kernel.errors import Invalid, NotFound
from diebian.security.identity.public import Actor, Refused, person_keys, subject_of, subject_ref
from diebian.standards.identifiers import is_id_number

from . import policy
from .actions import opened
from .models import Correction
from .refusals import KeyReused

WHOLE = "有没有这条记录"
LONGEST: Mapping[str, int] = {"seen": 300, "says": 500, "row": 100, "case_no": 40}


@dataclass(frozen=True)
class Doubt:
    """`item` is one of `items_of`, or its column. Whose: by number, or which row of what is about
    nobody. A person doubts the own data and names neither.
    """

    item: str
    says: str
    seen: str = ""
    id_number: str = ""
    row: str = ""
    case_no: str = ""


@transaction.atomic
def raise_doubt(
    *, resource: str, doubt: Doubt, by: Actor, key: str = ""
) -> tuple[Correction, bool]:
    """The correction, and whether it is new. `key`: a system's own name for what it says; the same
    key with the same words is the same doubt. Raises `Invalid` with a sentence for each field.
    """
    found = doubted_resource(resource, by)
    made = _made(found, doubt, by, key)
    if key and (before := _before(by, key)) is not None:
        if not _is_same(before, made):
            raise KeyReused
        return before, False
    return opened(made, by), True


def doubted_resource(slug: str, by: Actor) -> ResourceLine:
    """To a person, a resource that never read them does not exist."""
    found = resource_of(slug)
    if not policy.may_doubt(by, found):
        raise NotFound if by.is_person else Refused
    return found


def items_of(resource: ResourceLine) -> Sequence[str]:
    """What can be wrong, in the words of the entry."""
    return [*dict.fromkeys(one.name for one in resource.columns), WHOLE]


def _made(resource: ResourceLine, doubt: Doubt, by: Actor, key: str) -> Correction:
    named = {one.column: one.name for one in resource.columns}
    item = named.get(doubt.item, doubt.item)
    _check(doubt, is_item=item in items_of(resource), is_person=by.is_person)
    person_key = by.key if by.is_person else _key_of(doubt.id_number)
    return Correction(
        resource_id=resource.key,
        item=item[:100],
        seen=doubt.seen.strip(),
        says=doubt.says.strip(),
        case_no=doubt.case_no.strip(),
        row=doubt.row.strip(),
        person_key=person_key,
        id_number="" if person_key else doubt.id_number,
        subject=subject_of(by.key) if by.is_person else _subject(resource, doubt),
        request_key=key,
    )


def _check(doubt: Doubt, *, is_item: bool, is_person: bool) -> None:
    faults: dict[str, list[str]] = {}
    if not is_item:
        faults["item"] = ["请选一项，要是这个资源有的"]
    if not doubt.says.strip():
        faults["says"] = ["请写明哪里不对、应当是什么"]
    for name, most in LONGEST.items():
        if len(getattr(doubt, name)) > most:
            faults[name] = [f"最多 {most} 个字"]
    if is_person and (doubt.id_number or doubt.row):
        faults["id_number"] = ["本人只对自己的数据提出，不用填"]
    if not is_person and bool(doubt.id_number) == bool(doubt.row.strip()):
        faults["id_number"] = ["请写是谁的：公民身份号码；与人无关的，写是哪一行。两样写一样"]
    elif doubt.id_number and not is_id_number(doubt.id_number):
        faults["id_number"] = ["公民身份号码不对，请核对"]
    if faults:
        raise Invalid(fields=faults)


def _key_of(id_number: str) -> str:
    return person_keys([id_number]).get(id_number, "") if id_number else ""


def _subject(resource: ResourceLine, doubt: Doubt) -> str:
    """A row is nobody: its name begins as no number does."""
    return subject_ref(doubt.id_number or f"row:{resource.slug}:{doubt.row.strip()}")


def _before(by: Actor, key: str) -> Correction | None:
    rows = Correction.objects.select_related("resource__entry__provider")
    return rows.filter(opened_by=by.key, request_key=key).first()


def _is_same(before: Correction, made: Correction) -> bool:
    told = ("resource_id", "item", "seen", "says", "case_no", "row", "subject")
    return all(getattr(before, name) == getattr(made, name) for name in told)
