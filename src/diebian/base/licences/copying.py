"""加注件: a copy of a collected licence for one use. Its state is looked at when it is made."""

from uuid import UUID

from django.db import transaction

from diebian.kernel import clock
from diebian.kernel.errors import NotFound
from diebian.security.audit import public as audit
from diebian.security.identity.public import (
    Actor,
    Post,
    Refused,
    department_name,
    party,
    subject_ref,
)
from diebian.security.tracker.public import record_page_read

from .holding import HeldCard, card_of, held_for, newest_of
from .models import Copy, Held
from .refusals import NotUsable, PurposeMissing
from .sheets import COPIES
from .signing import signed

SHORTEST = 2


@transaction.atomic
def copy_for_oneself(*, held_id: int, for_whom: str, purpose: str, by: Actor) -> Copy:
    """The holder takes one along: to a bank, an employer, an office that is not connected."""
    held = held_for(by, held_id)
    told = for_whom.strip(), purpose.strip()
    if min(len(one) for one in told) < SHORTEST:
        raise PurposeMissing
    return _made(held, for_whom=told[0], purpose=told[1], by=by)


@transaction.atomic
def copy_for_case(*, held_id: int, holder_key: str, case_no: str, purpose: str, by: Actor) -> Copy:
    """For the reviewer of a case of this holder: of the version that there is now, the same copy
    each time. Whether the case is this reviewer's, whoever calls has asked; opening the copy is
    what stands in 谁查过我.
    """
    if not by.holds(Post.REVIEWER):
        raise Refused
    rows = Held.objects.filter(pk=held_id, holder_number=party(holder_key).id_number)
    told = rows.select_for_update().first()
    if told is None:
        raise NotFound
    held = newest_of(told)
    _need_usable(held)
    known = Copy.objects.filter(held=held, case_no=case_no, department=by.department).first()
    return known or _made(
        held, for_whom=department_name(by.department), purpose=purpose, by=by, case_no=case_no
    )


@transaction.atomic
def copy_opened(*, public_id: UUID, by: Actor) -> Copy:
    """By the holder, or by a reviewer of the department that it was made for: which is a look."""
    rows = Copy.objects.select_related("held__type__issuer")
    found = rows.filter(public_id=public_id).first()
    if found is None:
        raise NotFound
    if by.holds(Post.REVIEWER) and by.department == found.department != "":
        _looked(found, by)
        return found
    held_for(by, found.held_id)
    return found


def _looked(copy: Copy, by: Actor) -> None:
    record_page_read(
        by=by,
        subject=subject_ref(copy.held.holder_number),
        purpose=copy.purpose,
        case_no=copy.case_no,
        resource=copy.held.type.name,
        columns=["电子证照加注件"],
    )


def _made(held: Held, *, for_whom: str, purpose: str, by: Actor, case_no: str = "") -> Copy:
    card, now = _need_usable(held), clock.now()
    told = signed(
        key=COPIES,
        identifier=held.identifier,
        title=f"{held.type.name}（加注件）",
        holder_name=held.holder_name,
        at=now,
        body=_body(held, for_whom, purpose, case_no, card.state),
    )
    made = Copy.objects.create(
        held=held,
        purpose=purpose,
        for_whom=for_whom,
        case_no=case_no,
        made_by=by.key,
        made_by_name=by.name,
        department=by.department,
        made_at=now,
        **vars(told),
    )
    audit.record(by=by, action="licences.copied", subject=f"licence:{held.identifier}")
    return made


def _need_usable(held: Held) -> HeldCard:
    card = card_of(held)
    if not card.is_usable:
        raise NotUsable(f"{held.type.name}：{card.state}")
    return card


def _body(held: Held, for_whom: str, purpose: str, case_no: str, state: str) -> dict[str, str]:
    told = {
        "证照编号": held.number,
        "持有人": held.holder_name,
        "持有人号码": held.holder_number,
        "颁发机构": held.type.issuer.name,
        "颁发日期": held.issued_on.isoformat() if held.issued_on else "",
        "有效期至": held.valid_until.isoformat() if held.valid_until else "长期",
        "加注时的状态": state,
        **held.fields,
        "只给": for_whom,
        "只用于": purpose,
        "办件编号": case_no,
    }
    return {name: value for name, value in told.items() if value}
