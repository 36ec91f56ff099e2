"""一并办理: what one department granted begins the next at the other, and its result comes back.

The applicant agreed with the first application and goes nowhere. What the form of the second asks
beyond that is asked of the applicant: the draft is there, and they are told.
"""

from django.db import transaction
from django.urls import reverse

from diebian.base.directory.public import city
from diebian.base.messages.public import Message, Subscription, notify_all
from diebian.scenes.services import actions
from diebian.scenes.services.actions.rows import happened, locked
from diebian.scenes.services.behalf import told_of
from diebian.scenes.services.competence import places_of
from diebian.scenes.services.journey import journey_for
from diebian.scenes.services.models import Case, State
from diebian.scenes.services.refusals import FormInvalid, QuestionsOpen
from diebian.scenes.services.system_models import Follow, Followed
from diebian.security.identity.public import PLATFORM, Actor, Kind, Refused

from . import policy

WRITTEN = {"text", "long"}


@transaction.atomic
def begin_what_follows(*, case_no: str, by: Actor) -> int:
    """After a grant; said again it begins nothing twice. How many cases were begun."""
    if not policy.may_run(by):
        raise Refused
    first = locked(case_no)
    if first.state != State.APPROVED:
        return 0
    declared = Follow.objects.filter(after=first.item.code, retired_on=None)
    done = first.followed.values_list("follow", flat=True)
    return sum(_begun(first, follow) for follow in declared.exclude(pk__in=done))


@transaction.atomic
def tell_back(*, case_no: str, by: Actor) -> bool:
    """What came of the second stands in the first, too."""
    if not policy.may_run(by):
        raise Refused
    pair = Followed.objects.select_related("first", "second__item").filter(
        second__case_no=case_no
    ).first()  # fmt: skip
    if pair is None:
        return False
    second, first = pair.second, locked(pair.first.case_no)
    says = f"一并办理的{second.item.name}：{second.get_state_display()}（办件 {second.case_no}）"
    happened(first, "followed_up", by, says)
    return True


def _begun(first: Case, follow: Follow) -> bool:
    """In the applicant's name, by the platform: the trail says so."""
    name = f"平台（随“{first.item.name}”一并提交）"
    by = Actor(name=name, kind=Kind.PERSON, key=first.applicant_key)
    second = actions.open_case(item_code=follow.then, by=by)
    Followed.objects.create(first=first, second=second, follow=follow)
    happened(first, "followed_up", PLATFORM, f"{follow.says}（办件 {second.case_no}）")
    try:
        with transaction.atomic():
            _submit(first, second, follow, by)
    except (FormInvalid, QuestionsOpen):
        _ask_the_applicant(second, follow)
    return True


def _submit(first: Case, second: Case, follow: Follow, by: Actor) -> None:
    told = f"{follow.says}（随办件 {first.case_no}）"
    fields = {one.name: told for one in journey_for(second).fields if one.kind in WRITTEN}
    sent = {**fields, "statement": "on", "place": _place(first, second)}
    actions.fill_form(case_no=second.case_no, sent=sent, by=by)
    actions.submit_case(case_no=second.case_no, by=by)


def _place(first: Case, second: Case) -> str:
    """Where the first belongs; else the city's own level, where the item has it."""
    places, own = places_of(second.version.facts), city()
    if first.county in places:
        return first.county
    return own.code if own and own.code in places else ""


def _ask_the_applicant(second: Case, follow: Follow) -> None:
    body = f"{follow.says}。申请已替您开好，还差几项要您填，填好提交就行；一天内没填会自动删掉。"
    link = reverse("services:form", args=[second.case_no])
    notify_all(keys=told_of(second), title=second.item.name, body=body, link=link, by=PLATFORM)


def _decided(message: Message) -> None:
    case_no = message.body["case_no"]
    begin_what_follows(case_no=case_no, by=PLATFORM)
    tell_back(case_no=case_no, by=PLATFORM)


WHAT_FOLLOWS = Subscription(
    slug="services.what_follows", topics="services.case.decided", handle=_decided
)
