"""Opening a table, step by step. Each verb belongs to somebody: see `policy`."""

from uuid import UUID

from django.db import IntegrityError, transaction
from django.urls import reverse
from procrastinate.contrib.django import app

from diebian.base.lake.public import lake_table
from diebian.base.messages.public import notify
from diebian.kernel import clock
from diebian.kernel.errors import NotFound
from diebian.security.audit import public as audit
from diebian.security.identity.public import (
    PLATFORM,
    Actor,
    Post,
    Refused,
    department_name,
    officials_holding,
)

from . import policy
from .checking import Question, check
from .columns import lines_of
from .facts import DatasetFacts, kept, refuse_faults
from .findings import Finding, as_data
from .models import Check, Dataset, State
from .questions import asked_of
from .refusals import ReasonMissing, TitleTaken, TooEasyToFind, WrongState
from .tables import entry_behind

RELEASE_NOW = "opening.release_now"  # the worker's: named, because jobs lead here


def try_out(*, collection: str, facts: DatasetFacts, by: Actor) -> Finding:
    """What the check would find; nothing is kept."""
    return check(_asked(collection, facts, by))


def propose(*, collection: str, facts: DatasetFacts, by: Actor) -> Dataset:
    """The check is really made, over the table as it is now. Sent back, it is proposed anew."""
    found = check(_asked(collection, facts, by))  # before the transaction: it may take a while
    if not found.is_good:
        raise TooEasyToFind(found.says)
    return _proposed(collection, facts, found, by)


@transaction.atomic
def agree(*, dataset_id: UUID, by: Actor) -> Dataset:
    """The head of the department's data work, who sees what the check found."""
    row = _locked(dataset_id, by)
    if not policy.may_agree(by, row.entry.provider.credit_code):
        raise Refused
    _in(row, State.OFFICE_REVIEW)
    row.state, row.submitted_at = State.SUBMITTED, clock.now()
    _moved(row, "opening.dataset.agreed", by)
    for key in officials_holding(Post.AUTHORITY):
        _tell(key, row, f"{row.entry.provider.name}提出开放，本部门已同意，请决定是否发布。")
    return row


@transaction.atomic
def publish(*, dataset_id: UUID, by: Actor) -> Dataset:
    """From now on it stands on the public site; its files are written next."""
    row = _locked(dataset_id, by)
    if not policy.may_publish(by):
        raise Refused
    _in(row, State.SUBMITTED)
    row.state, row.published_at, row.reason = State.PUBLISHED, clock.now(), ""
    _moved(row, "opening.dataset.published", by)
    _tell(row.proposed_key, row, "已经对社会开放，文件几分钟内备好。")
    app.configure_task(RELEASE_NOW).defer(dataset=str(row.public_id))
    return row


@transaction.atomic
def send_back(*, dataset_id: UUID, reason: str, by: Actor) -> Dataset:
    row = _locked(dataset_id, by)
    provider = row.entry.provider.credit_code
    is_head = row.state == State.OFFICE_REVIEW and policy.may_agree(by, provider)
    if not (is_head or policy.may_publish(by)):
        raise Refused
    _in(row, State.OFFICE_REVIEW, State.SUBMITTED)
    row.state, row.reason = State.RETURNED, _worded(reason)
    _moved(row, "opening.dataset.sent_back", by)
    _tell(row.proposed_key, row, f"被退回：{row.reason}。改好后可以再提。")
    return row


@transaction.atomic
def withdraw(*, dataset_id: UUID, reason: str, by: Actor) -> Dataset:
    """At once: no page, file or API gives it from now on, but for the reason."""
    row = _locked(dataset_id, by)
    if not policy.may_withdraw(by, row.entry.provider.credit_code):
        raise Refused
    _in(row, State.PUBLISHED)
    row.state, row.withdrawn_at, row.reason = State.WITHDRAWN, clock.now(), _worded(reason)
    _moved(row, "opening.dataset.withdrawn", by)
    _tell(row.proposed_key, row, f"已停止开放：{row.reason}。")
    return row


def _asked(collection: str, facts: DatasetFacts, by: Actor) -> Question:
    table = lake_table(collection)
    entry = entry_behind(table)
    if not policy.may_propose(by, entry.provider.credit_code):
        raise Refused
    lines = lines_of(entry, table)
    refuse_faults(facts, lines)
    return asked_of(
        table=table,
        lines=lines,
        columns=facts.columns,
        about_people=facts.about_people,
        leave_out=facts.leave_out_small,
    )


@transaction.atomic
def _proposed(collection: str, facts: DatasetFacts, found: Finding, by: Actor) -> Dataset:
    table = lake_table(collection)
    own = Dataset.objects.select_for_update().filter(collection=table.number)
    row = own.filter(state=State.RETURNED, title=facts.title.strip()).first()
    row = row or Dataset(collection_id=table.number, entry=entry_behind(table))
    for name, value in kept(facts).items():
        setattr(row, name, value)
    row.state, row.reason = State.OFFICE_REVIEW, ""
    row.proposed_by, row.proposed_key, row.proposed_at = by.name, by.key, clock.now()
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:  # `dataset_title_once`
        raise TitleTaken from error
    keep_check(row, found)
    audit.record(by=by, action="opening.dataset.proposed", subject=row.audit_subject)
    for key in officials_holding(Post.DATA_HEAD, department=by.department):
        _tell(key, row, f"{by.name}提出对社会开放，请看过检查结果后决定。")
    return row


def keep_check(row: Dataset, found: Finding) -> Check:
    return Check.objects.create(
        dataset=row,
        at=clock.now(),
        snapshot=found.snapshot,
        is_good=found.is_good,
        found=as_data(found),
    )


def _locked(dataset_id: UUID, by: Actor) -> Dataset:
    rows = Dataset.objects.select_for_update(of=("self",))
    found = rows.select_related("entry__provider", "collection").filter(public_id=dataset_id)
    row = found.first()
    if row is None:
        raise NotFound
    if not (by == PLATFORM or policy.may_look(by, row.entry.provider.credit_code)):
        raise Refused
    return row


def _in(row: Dataset, *states: State) -> None:
    if row.state not in states:
        raise WrongState


def _moved(row: Dataset, action: str, by: Actor) -> None:
    row.save()
    audit.record(by=by, action=action, subject=row.audit_subject)


def _worded(reason: str) -> str:
    if not reason.strip():
        raise ReasonMissing
    return reason.strip()[:300]


def _tell(key: str, row: Dataset, says: str) -> None:
    link = reverse("opening:dataset", args=[row.public_id])
    provider = department_name(row.entry.provider.credit_code)
    title = f"开放数据：{row.title}（{provider}）"
    notify(key=key, title=title, body=says, link=link, by=PLATFORM)
