"""Inviting and rating. Everybody is invited; a service is rated once, and once more when a bad
rating has been answered.
"""

import secrets
from collections.abc import Iterable

from django.db import IntegrityError, transaction
from django.urls import reverse

from diebian.base.directory.public import working_calendar
from diebian.base.messages.public import notify_all
from diebian.kernel import clock
from diebian.kernel.errors import NotFound
from diebian.scenes.services.actions.rows import locked as locked_case
from diebian.scenes.services.behalf import told_of
from diebian.scenes.services.models import Case, Channel, State
from diebian.scenes.services.rating_models import (
    LONGEST_WORDS,
    Invitation,
    OrderState,
    OrderWhat,
    Rating,
    RatingOrder,
    Service,
    Showing,
)
from diebian.security.audit import public as audit
from diebian.security.identity.public import (
    PLATFORM,
    Actor,
    Kind,
    Refused,
    actor_by_username,
    department_keys,
)
from diebian.standards.dues import due_after
from diebian.standards.ratings import BAD_GRADES, Grade, Step

from . import policy, refusals
from .rows import department_keys as who_deals
from .rows import move, supervisors, tell, write
from .terms import closes, due_of, limit, tags_of, terms_now

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # nothing that is read for something else
CODE_LENGTH = 12
ENDED = (State.APPROVED, State.REFUSED, State.WITHDRAWN)
RATER = Actor(name="评价人", kind=Kind.PERSON)  # in the trail: who rated is protected


@transaction.atomic
def invite(*, case_no: str, service: Service, by: Actor) -> Invitation:
    """Told at once. Said again it is the same invitation, and nobody is told twice."""
    if not policy.may_invite(by):
        raise Refused
    case = locked_case(case_no)
    known = Invitation.objects.filter(case=case, service=service).first()
    if known is not None:
        return known
    made = invitation_of(case, service)
    if service == Service.CASE:
        _tell_applicant(made, "请您评价，只要一分钟。满意、不满意都请说，不满意的会有人回访。")
    return made


def invitation_of(case: Case, service: Service) -> Invitation:
    """Inside the caller's transaction, with the case locked. Raises `NothingToRate`."""
    known = Invitation.objects.filter(case=case, service=service).first()
    if known is not None:
        return known
    if not _is_given(case, service):
        raise refusals.NothingToRate
    department, name = _server(case, service)
    made = Invitation.objects.create(
        case=case,
        service=service,
        department_id=department,
        served_by=name,
        code="".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH)),
        terms=terms_now(),
        invited_at=clock.now(),
    )
    audit.record(by=PLATFORM, action="services.rating.invited", subject=f"case:{case.case_no}")
    return made


@transaction.atomic
def rate(
    *,
    case_no: str,
    grade: int,
    words: str = "",
    tags: Iterable[str] = (),
    service: Service = Service.CASE,
    by: Actor,
) -> Rating:
    """By the applicant or whoever acts for them, signed in."""
    case = locked_case(case_no)
    if not policy.may_rate(by, case):
        raise NotFound  # another person's case does not exist for this one
    invitation = invitation_of(case, service)
    return _rated(invitation, grade, words, tags)


@transaction.atomic
def rate_by_code(
    *, code: str, grade: int, words: str = "", tags: Iterable[str] = (), by: Actor | None
) -> Rating:
    """At the window's tablet or by the code on the receipt, without signing in. Not by officials.

    The applicant is told that it was rated: whoever held the slip may have been somebody else.
    """
    if by is not None and by.department:
        raise refusals.OfficialsDoNotRate
    invitation = invitation_by(code)
    made = _rated(invitation, grade, words, tags, is_by_code=True)
    body = f"凭回执上的评价码评了“{made.get_grade_display()}”。不是您评的，请拨热线，报办件编号。"
    _tell_applicant(invitation, body)
    return made


def invitation_by(code: str) -> Invitation:
    told = "".join(code.upper().split()).replace("-", "")
    rows = Invitation.objects.select_related("case__item", "department", "terms")
    found = rows.filter(code=told).first()
    if found is None:
        raise refusals.CodeUnknown
    return found


@transaction.atomic
def rate_again(*, case_no: str, service: Service, grade: int, words: str, by: Actor) -> None:
    """After the answer to a bad rating: good enough, and it ends; bad again, and the authority
    looks at it.
    """
    case = locked_case(case_no)
    if not policy.may_rate(by, case):
        raise NotFound
    orders = RatingOrder.objects.select_for_update(of=("self",)).select_related(
        "rating__invitation__case__item", "rating__invitation__department"
    )
    order = orders.filter(
        rating__invitation__case=case,
        rating__invitation__service=service,
        state=OrderState.ANSWERED,
    ).first()
    if order is None:
        raise refusals.OrderElsewhere
    again, rating = _grade(grade), order.rating
    rating.second_grade, rating.second_at = again, clock.now()
    rating.second_words = words.strip()[:LONGEST_WORDS]
    rating.save(update_fields=["second_grade", "second_at", "second_words"])
    write(order, OrderWhat.RATED_AGAIN, again.label, by)
    if again in BAD_GRADES:
        move(order, OrderState.AGAIN, OrderWhat.RATED_AGAIN, "又是差评，请主管部门决定", PLATFORM)
        tell(supervisors(), order, "答复后再次差评，请您决定退回重办还是办结。")
    else:
        move(order, OrderState.CLOSED, OrderWhat.CLOSED, "评价人认可", PLATFORM)


def _rated(
    invitation: Invitation,
    grade: int,
    words: str,
    tags: Iterable[str],
    *,
    is_by_code: bool = False,
) -> Rating:
    chosen = _grade(grade)
    if closes(invitation, working_calendar()).is_late:
        raise refusals.RatingClosed
    known = tags_of(invitation.terms)[chosen]
    said = words.strip()[:LONGEST_WORDS]
    try:
        with transaction.atomic():
            made = Rating.objects.create(
                invitation=invitation,
                grade=chosen,
                tags=[tag for tag in dict.fromkeys(tags) if tag in known],
                words=said,
                showing=Showing.WAITING if said else Showing.NONE,
                is_by_code=is_by_code,
                at=clock.now(),
            )
    except IntegrityError:  # the second of two clicks at once
        raise refusals.RatedBefore from None
    audit.record(by=RATER, action="services.case.rated", subject=f"rating:{made.pk}")
    if made.is_bad:
        _open_order(made)
    return made


def _open_order(rating: Rating) -> None:
    now = clock.now()
    order = RatingOrder.objects.create(rating=rating, opened_at=now, since=now)
    write(order, OrderWhat.OPENED, rating.get_grade_display(), PLATFORM)
    due = due_of(order, working_calendar())
    tell(who_deals(order), order, f"收到“{rating.get_grade_display()}”的评价，请先回访：{due}。")


def _grade(told: int) -> Grade:
    if told not in Grade.values:
        raise refusals.GradeWrong
    return Grade(told)


def _is_given(case: Case, service: Service) -> bool:
    if case.received_at is None:
        return False
    return case.channel == Channel.WINDOW if service == Service.VISIT else case.state in ENDED


def _server(case: Case, service: Service) -> tuple[int, str]:
    """Key of the department that served, and the name of its official, where one person did."""
    if service == Service.VISIT:
        clerk = actor_by_username(case.opened_by)
        return department_keys()[clerk.department], clerk.name
    decided = case.events.filter(kind="decided").order_by("-at").first()
    return case.department_id, decided.actor if decided else ""


@transaction.atomic
def remind_raters(*, by: Actor) -> int:
    """Once, whoever has not rated yet, some days after the end; returns how many."""
    if not policy.may_remind(by):
        raise Refused
    calendar, told = working_calendar(), 0
    rows = Invitation.objects.filter(service=Service.CASE, reminded_at=None, rating=None)
    rows = rows.select_related("case__item", "terms").order_by("invited_at")
    for one in rows.select_for_update(of=("self",), skip_locked=True):
        since = due_after("评价", one.invited_at, limit(Step.REMIND, one.terms), calendar)
        if not since.is_late and clock.today() != since.on:
            continue
        one.reminded_at = clock.now()
        one.save(update_fields=["reminded_at"])
        if not closes(one, calendar).is_late:
            _tell_applicant(one, "您还没有评价。只提醒这一次，不评也不影响您以后办事。")
            told += 1
    return told


def _tell_applicant(one: Invitation, body: str) -> None:
    link = reverse("services:track", args=[one.case.case_no]) + "#rate"
    title = f"评一评：{one.case.item.name}"
    notify_all(keys=told_of(one.case), title=title, body=body, link=link, by=PLATFORM)
