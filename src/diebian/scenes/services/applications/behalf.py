"""Acting for somebody else in an application: each of its members is within what was given."""

from collections.abc import Collection

from django.urls import reverse

from diebian.base.mandates import public as mandates
from diebian.base.mandates.public import Standing
from diebian.kernel.errors import DiebianError, NotFound
from diebian.scenes.services.behalf import note_use, who_is_told
from diebian.scenes.services.themes.models import Application
from diebian.security.identity.public import Actor

from .giving import first_to_end, matters_of
from .refusals import NotAllGiven

# What is told to the giver as an act; what is done to one member is told of its case.
ACTS = {
    "opened": "开始填一件事的申请",
    "received": "提交了一件事的申请",
    "member_dropped": "撤回了一件事里的一项",
    "withdrawn": "撤回了一件事里还没有办完的",
    "discarded": "删掉了一件事的草稿",
}


def standing_in(by: Actor, of: Application) -> Standing | None:
    """By what this one acts for another applicant; of several, by what ends first."""
    if not by.is_person or by.key == of.applicant_key:
        return None
    matters = matters_of(of.members)
    told = mandates.standing_in_each(holder=by, giver=of.applicant_key, matters=matters)
    return first_to_end(told.values()) if len(told) == len(matters) else None


def refuse_without_mandate(by: Actor, giver: str, members: Collection[str]) -> None:
    """Of a person. Raises `NotAllGiven` with the members that are missing, `Over` or `NotGiven`."""
    if not by.is_person or by.key == giver:
        return
    matters = matters_of(members)
    told = mandates.standing_in_each(holder=by, giver=giver, matters=matters)
    lacking = [one for one in matters if one.code not in told]
    if told and lacking:
        raise NotAllGiven("、".join(one.name for one in lacking))
    if lacking:
        was_one = any(mandates.once_stood(holder=by, giver=giver, matter=one) for one in lacking)
        raise mandates.Over if was_one else mandates.NotGiven


def absent(by: Actor, of: Application) -> DiebianError:
    """Another's does not exist; to whoever acted in it once, it is said why it is closed."""
    try:
        refuse_without_mandate(by, of.applicant_key, of.members)
    except mandates.Over as over:
        return over
    except NotAllGiven:  # which others there are is nothing that was given
        return NotAllGiven()
    except mandates.NotGiven:
        return NotFound()
    return NotFound()


def note_act(of: Application, verb: str, by: Actor) -> None:
    """In the transaction of the act, when it is somebody else's. Raises `mandates.Over`."""
    if not by.is_person or by.key == of.applicant_key or verb not in ACTS:
        return
    note_use(
        of,
        matters=matters_of(of.members),
        act=ACTS[verb],
        about=f"{of.theme.name}，编号 {of.number}",
        link=reverse("services:theme-track", args=[of.number]),
        by=by,
    )


def told_of(of: Application) -> list[str]:
    """Whom its news reach."""
    return who_is_told(of.applicant_key, matters_of(of.members), of.acted_by)
