"""The person's verbs: begin, fill, submit, supplement, withdraw."""

from collections.abc import Mapping

from django.db import IntegrityError, transaction

from diebian.kernel import clock
from diebian.kernel.errors import NotFound
from diebian.scenes.services import behalf, policy, refusals, true_will
from diebian.scenes.services.drafts import lapses_at
from diebian.scenes.services.forms import LONGEST, read_application
from diebian.scenes.services.items.models import State as VersionState
from diebian.scenes.services.items.situations import chosen, open_questions
from diebian.scenes.services.journey import journey_for, told_of
from diebian.scenes.services.models import (
    OPEN,
    Case,
    Channel,
    Fetched,
    ItemVersion,
    ServiceItem,
    State,
    SupplementNotice,
)
from diebian.security.identity.public import (
    PLATFORM,
    Actor,
    Refused,
    company,
    party,
    person_named,
)

from .fetching import accept_or_wait
from .handing import hand_over, let_go_of
from .placing import PLACE, place_as_told
from .receiving import keep_reception, need_a_window_that_may
from .rows import a_number, fillable, happened, locked, move, need, own

UPLOADED = "材料已上传"


def open_case(*, item_code: str, giver: str = "", by: Actor) -> Case:
    """开始申请. One draft for a person and an item: begun twice, it is the same one.

    `giver`: key of somebody else for whom it is, by whose mandate; empty: for oneself.
    """
    if not policy.may_apply(by):
        raise refusals.OnlyPersons
    if giver in {"", by.key}:
        return _opened(item_code, by.key, by.name, Channel.ONLINE, by)
    return _opened(item_code, giver, party(giver).name, Channel.ONLINE, by)


def open_at_window(*, item_code: str, id_number: str, name: str, by: Actor) -> Case:
    """The person sits at the window; the clerk fills in the person's name, not in their own."""
    if not policy.may_receive_at_window(by):
        raise Refused
    found = person_named(id_number=id_number.strip(), name=name.strip())
    if found is None:
        raise refusals.PersonUnknown
    return _opened(item_code, found.key, found.name, Channel.WINDOW, by)


@transaction.atomic
def answer_questions(*, case_no: str, sent: Mapping[str, str], by: Actor) -> Case:
    """情形: what the answers choose is asked for, and nothing else. An answer may open further
    questions (`open_questions`).
    """
    case = fillable(case_no, by)
    need(case, State.DRAFT)
    answers = chosen(case.version.facts, sent)
    if answers != case.chosen:  # what was stated was stated of other papers and fields
        case.chosen, case.stated_at = answers, None
        case.save(update_fields=["chosen", "stated_at"])
    return case


@transaction.atomic
def fill_form(*, case_no: str, sent: Mapping[str, str], by: Actor) -> None:
    """Keeps what was filled; refuses with a sentence for each field that is wrong."""
    case = fillable(case_no, by)
    need(case, State.DRAFT)
    if open_questions(case.version.facts, case.chosen):
        raise refusals.QuestionsOpen
    place_as_told(case, sent.get(PLACE, ""))
    need_a_window_that_may(case, by)
    told = {name: value for name, value in sent.items() if name != PLACE}
    case.form = read_application(journey_for(case), told)
    case.stated_at = clock.now()
    case.true_will_at = None  # she said it of what stood there before
    case.save(update_fields=["form", "stated_at", "true_will_at"])
    if policy.acts_for_another(by, case) and true_will.is_missing(case, by):
        happened(case, "true_will_wanted", by)


@transaction.atomic
def keep_draft(*, case_no: str, sent: Mapping[str, str], by: Actor) -> Case:
    """先存着: as it was typed, finished or not; it is looked at when the form is handed on."""
    case = fillable(case_no, by)
    need(case, State.DRAFT)
    names = [one.name for one in journey_for(case).fields]
    case.form = {name: sent[name][:LONGEST] for name in names if name in sent}
    case.stated_at = case.true_will_at = None
    case.save(update_fields=["form", "stated_at", "true_will_at"])
    return case


@transaction.atomic
def renew_draft(*, case_no: str, by: Actor) -> Case:
    """Its item has changed: from now on by the version in force. What still fits of the answers
    and the form stays, and is looked at and stated anew.
    """
    case = fillable(case_no, by)
    need(case, State.DRAFT)
    case.version = case.item.versions.get(state=VersionState.IN_FORCE)
    case.chosen = chosen(case.version.facts, case.chosen)
    names = {one.name for one in journey_for(case).fields}
    case.form = {name: value for name, value in case.form.items() if name in names}
    case.stated_at = case.true_will_at = None
    case.save(update_fields=["version", "chosen", "form", "stated_at", "true_will_at"])
    return case


@transaction.atomic
def submit_case(*, case_no: str, by: Actor) -> Case:
    """收件, and 受理 at once where every department has answered. Sent twice, it is one case."""
    case = fillable(case_no, by)
    if case.received_at is not None:
        return case
    need(case, State.DRAFT)
    if case.item.retired_on is not None:
        raise refusals.ItemRetired
    if case.version.state != VersionState.IN_FORCE:
        raise refusals.ItemChanged
    if case.stated_at is None:
        raise refusals.FormUnfinished
    if true_will.is_missing(case, by):
        raise refusals.TrueWillUnasked
    if case.version.journey is None:  # grants come and go: what was told stays as it was
        case.journey = told_of(case.version, case.chosen, case.applicant_key)
    case.received_at = clock.now()
    case.save(update_fields=["journey", "received_at"])
    move(case, State.RECEIVED, "received", by)
    hand_over(case, journey_for(case), by)
    keep_reception(case, by)
    accept_or_wait(case, PLATFORM)
    return case


@transaction.atomic
def say_true_will(*, case_no: str, by: Actor) -> None:
    """本人真实意愿: said by the applicant herself, or to the clerk before whom she sits."""
    case = locked(case_no)
    if not policy.may_say_true_will(by, case):
        raise behalf.absent(by, case)
    need(case, State.DRAFT)
    if case.stated_at is None:
        raise refusals.FormUnfinished
    case.true_will_at = clock.now()
    case.save(update_fields=["true_will_at"])
    happened(case, "true_will_said", by)


@transaction.atomic
def discard_draft(*, case_no: str, by: Actor) -> None:
    case = fillable(case_no, by)
    need(case, State.DRAFT)
    _forget(case, State.WITHDRAWN, by)


@transaction.atomic
def lapse_drafts(*, by: Actor) -> int:
    """What nobody submitted in its time goes, with the data that was fetched for it."""
    if by != PLATFORM:
        raise Refused
    old = Case.objects.filter(state=State.DRAFT, lapses_at__lt=clock.now())
    cases = list(old.select_for_update(skip_locked=True))
    for case in cases:
        _forget(case, State.LAPSED, by)
    return len(cases)


@transaction.atomic
def supply_supplement(*, case_no: str, answer: str, by: Actor) -> None:
    case = own(case_no, by)
    need(case, State.SUPPLEMENT)
    notice = SupplementNotice.objects.get(case=case)
    has_come = case.handed.filter(at__gte=notice.asked_at).exists()
    words = answer.strip() or (UPLOADED if has_come else "")
    if not words:
        raise refusals.AnswerMissing
    notice.answer, notice.answered_at = words, clock.now()
    notice.save(update_fields=["answer", "answered_at"])
    move(case, State.UNDER_REVIEW, "supplement_done", by)


@transaction.atomic
def withdraw(*, case_no: str, by: Actor) -> None:
    case = own(case_no, by)
    if case.state not in OPEN:
        raise refusals.WrongState
    move(case, State.WITHDRAWN, "withdrawn", by)


@transaction.atomic
def _opened(item_code: str, key: str, name: str, channel: Channel, by: Actor) -> Case:
    item = ServiceItem.objects.filter(code=item_code).first()
    if item is None:
        raise NotFound
    if item.retired_on is not None:
        raise refusals.ItemRetired
    if by.is_person:
        behalf.refuse_without_mandate(by, key, item)
    version = item.versions.get(state=VersionState.IN_FORCE)
    if company(key) is not None:
        if not policy.is_for_companies(version.facts):
            raise refusals.NotForCompanies
    elif not policy.is_for_persons(version.facts):
        raise refusals.OnlyOrganisations
    party(key)  # refuses one whose real name is not known
    draft = Case.objects.filter(applicant_key=key, item=item, state=State.DRAFT).first()
    if draft is not None and policy.may_fill(by, draft):
        return draft
    if draft is not None:
        # The person went on at a window, or at home: the draft goes with them.
        draft = locked(draft.case_no)
        draft.opened_by, draft.channel = by.key, channel
        draft.save(update_fields=["opened_by", "channel"])
        happened(draft, "handed_over", by)
        return draft
    case, is_new = _made(version, key, name, channel, by)
    if is_new:
        happened(case, "opened", by)
    return case


def _made(
    version: ItemVersion, key: str, name: str, channel: Channel, by: Actor
) -> tuple[Case, bool]:
    now = clock.now()
    try:
        with transaction.atomic():
            made = Case.objects.create(
                case_no=a_number(now),
                item=version.item,
                department_id=version.item.department_id,  # until it is known where it belongs
                version=version,
                applicant_key=key,
                applicant_name=name,
                channel=channel,
                opened_by=by.key,
                opened_at=now,
                lapses_at=lapses_at(now),
            )
    except IntegrityError:  # the second of two clicks at once finds the first one's draft
        return Case.objects.get(applicant_key=key, item=version.item, state=State.DRAFT), False
    return made, True


def _forget(case: Case, state: State, by: Actor) -> None:
    """The case was never received: nothing of the person stays in it but that it was begun."""
    Fetched.objects.filter(case=case).delete()
    let_go_of(case, case.handed.all(), by)
    case.promises.all().delete()
    case.papers_scanned.all().delete()
    case.chosen, case.form, case.stated_at = {}, {}, None
    case.save(update_fields=["chosen", "form", "stated_at"])
    move(case, state, "discarded" if state == State.WITHDRAWN else "lapsed", by)
