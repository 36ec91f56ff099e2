"""A case of the wrong body: told at once, and passed on to the one that is competent."""

from django.db import transaction
from django.urls import reverse

from diebian.base.messages.public import notify_all
from diebian.scenes.services.actions.placing import place_case
from diebian.scenes.services.actions.rows import happened, locked, need
from diebian.scenes.services.models import State
from diebian.scenes.services.refusals import ReasonMissing
from diebian.security.identity.public import PLATFORM, Actor, Post, Refused, officials_holding

from . import policy
from .refusals import SameBody

LONGEST_WHY = 200


@transaction.atomic
def pass_on(*, case_no: str, place: str, why: str, by: Actor) -> None:
    """不属于本机关职权: told at once (行政许可法 第三十二条), and passed on, for it is one city.

    Nobody applies anew; the clock goes on from the day on which it was first accepted.
    """
    case = locked(case_no)
    if not policy.may_pass_on(by, case):
        raise Refused
    need(case, State.UNDER_REVIEW)
    if not why.strip():
        raise ReasonMissing
    was = case.department
    place_case(case, place)
    if case.department == was:
        raise SameBody
    says = f"{why.strip()[:LONGEST_WHY]}，不归{was.name}办，已转{case.department.name}"
    happened(case, "passed_on", by, says)
    keys = officials_holding(Post.REVIEWER, department=case.department.credit_code)
    link = reverse("services:work", args=[case_no])
    notify_all(keys=keys, title=f"转来一件：{case.item.name}", body=f"{says}。", link=link,
               by=PLATFORM)  # fmt: skip
