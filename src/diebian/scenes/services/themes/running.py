"""A theme runs: one application opens a case, each chosen member a case of its department."""

from collections.abc import Collection, Mapping
from typing import Any

from django.db import transaction

from diebian.base.messages.public import notify
from diebian.base.process.public import (
    Answered,
    Asked,
    NobodyWaits,
    Service,
    decisions_of,
    deploy,
    form_of,
    receive,
    start,
)
from diebian.scenes.services.refusals import MemberDone, MemberUnknown
from diebian.security.identity.public import PLATFORM, Actor, Refused

from .drawing import DELIVER, LAPSED, MEMBERS, OWN, TELL, member_key, process_of, withdrawal_of
from .guides import theme, version_in_force

APPLICANT, NAMES, TITLE = "applicant", "names", "title"


@transaction.atomic
def open_theme(
    *,
    code: str,
    members: Collection[str],
    application: str,
    own: Mapping[str, Mapping[str, Any]],
    by: Actor,
) -> int:
    """Opens the case on the newest version; whatever is compiled later does not touch it.

    `application`: a number that is given once. `own`: for each member what its case begins
    with (`joining.told_to`), which is all that its department is told. Raises `AlreadyOpened`.
    """
    row = theme(code)
    version = version_in_force(row)
    parts = version.compiled.parts if version else ()
    chosen = [part for part in parts if part.code in members]
    if version is None or row.retired_on or not chosen or len(chosen) < len(set(members)):
        raise MemberUnknown
    deploy(file=version.drawing.encode(), by=PLATFORM)
    form = {
        APPLICANT: by.key,
        TITLE: row.name,
        MEMBERS: [part.code for part in chosen],
        NAMES: {part.code: part.name for part in parts},
        OWN: own,
    }
    return start(
        process=process_of(code),
        business_key=f"theme:{application}",
        title=row.name,
        department=row.department.credit_code,
        person=by.key,
        form=form,
        by=by,
    )


@transaction.atomic
def withdraw_member(*, case: int, member: str, by: Actor) -> None:
    """撤回其中一项: what runs is called back, what has not begun does not begin."""
    form = form_of(case)
    if not by.is_person or form.get(APPLICANT) != by.key:
        raise Refused
    if member not in form[MEMBERS]:
        raise MemberUnknown
    if decisions_of(case).filter(element=member_key(member)).exists():
        raise MemberDone
    left = {MEMBERS: [one for one in form[MEMBERS] if one != member]}
    try:
        receive(case=case, message=withdrawal_of(member), number=member, form=left, by=PLATFORM)
    except NobodyWaits:  # it has not begun
        receive(case=case, message=MEMBERS, number=member, form=left, by=PLATFORM)


def _tell_lapsed(asked: Asked) -> Answered:
    name = asked.form[NAMES].get(asked.element.removeprefix(f"{LAPSED}_"), "")
    says = f"“{name}”要用前面的结果，前面的没有准予，所以这一项不办了。别的事项照常办。"
    notify(key=asked.form[APPLICANT], title=f"{asked.form[TITLE]}：有一项不办了", body=says,
           by=PLATFORM)  # fmt: skip
    return Answered()


def _tell_delivered(asked: Asked) -> Answered:
    says = "您选的事项都有了结果，一起告诉您。您现在不用做什么。"
    notify(key=asked.form[APPLICANT], title=f"{asked.form[TITLE]}：都办完了", body=says,
           by=PLATFORM)  # fmt: skip
    return Answered()


SERVICES = (
    Service(TELL, "告诉申请人哪一项不办了", _tell_lapsed),
    Service(DELIVER, "一件事统一出件", _tell_delivered),
)
