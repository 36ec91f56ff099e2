"""A data element's life: proposed, registered or declined, retired. Each verb leaves its line."""

import re
from uuid import UUID

from django.db import IntegrityError, transaction

from diebian.kernel import clock
from diebian.kernel.errors import NotFound
from diebian.security.audit import public as audit
from diebian.security.identity.public import Actor, Refused, department_key
from diebian.standards.elements import IDENTIFIER, element_faults
from diebian.standards.marks import Mark

from . import policy
from .facts import ElementFacts
from .models import Element, State
from .refusals import (
    DefinitionUnclear,
    IdentifierTaken,
    IdentifierWrong,
    NameTaken,
    ReasonMissing,
    WrongState,
)
from .telling import tell_authority, tell_proposer

LONGEST_REASON = 300


@transaction.atomic
def propose_element(*, facts: ElementFacts, why: str, by: Actor) -> Element:
    """A department needs one that the register does not have; the authority decides."""
    if not policy.may_propose(by):
        raise Refused
    _refuse_unclear(facts)
    _refuse_taken(facts.name)
    made = Element.objects.create(
        **facts.columns,
        why=_worded(why),
        mark=Mark.REAL,
        proposer_id=department_key(by),
        proposed_by=by.name,
        since=clock.now(),
    )
    tell_authority(made, f"{by.name}提出，{made.why}。请登记或不采纳", by)
    return _written(made, "elements.element.proposed", by)


@transaction.atomic
def register_element(*, element_id: UUID, identifier: str, by: Actor) -> Element:
    """With the identifier by which items and columns name it."""
    found = _locked(element_id, by, State.CANDIDATE)
    told = identifier.strip()
    if not re.fullmatch(IDENTIFIER, told, re.ASCII):
        raise IdentifierWrong
    _refuse_taken(found.name)
    found.identifier, found.state, found.since = told, State.STANDARD, clock.now()
    try:
        with transaction.atomic():
            found.save()
    except IntegrityError as error:
        _refuse_taken(found.name)  # a colleague was quicker with a namesake
        raise IdentifierTaken from error
    tell_proposer(found, f"已登记为标准，标识符 {told}，可以用了", by)
    return _written(found, "elements.element.registered", by)


@transaction.atomic
def decline_element(*, element_id: UUID, reason: str, by: Actor) -> Element:
    found = _locked(element_id, by, State.CANDIDATE)
    return _ended(found, State.DECLINED, reason, "没有采纳", by)


@transaction.atomic
def retire_element(*, element_id: UUID, reason: str, by: Actor) -> Element:
    """Who names it goes on naming it, and is told so on its page; nobody names it anew."""
    found = _locked(element_id, by, State.STANDARD)
    return _ended(found, State.RETIRED, reason, "已退役，不能再选用", by)


def _ended(element: Element, state: State, reason: str, says: str, by: Actor) -> Element:
    element.reason, element.state, element.since = _worded(reason), state, clock.now()
    element.save()
    tell_proposer(element, f"{says}。理由：{element.reason}", by)
    return _written(element, f"elements.element.{state}", by)


def _locked(element_id: UUID, by: Actor, state: State) -> Element:
    rows = Element.objects.select_for_update(of=("self",)).select_related("proposer")
    found = rows.filter(public_id=element_id).first()
    if found is None or not policy.may_see(by, found):
        raise NotFound
    if not policy.may_decide(by):
        raise Refused
    if found.state != state:
        raise WrongState
    return found


def _refuse_unclear(facts: ElementFacts) -> None:
    wrong = list(
        element_faults(type_=facts.type, written=facts.format, check=facts.check, codes=facts.codes)
    )
    if wrong:
        raise DefinitionUnclear("；".join(wrong))


def _refuse_taken(name: str) -> None:
    if Element.objects.filter(name=name, state=State.STANDARD).exists():
        raise NameTaken


def _worded(reason: str) -> str:
    told = reason.strip()
    if not told:
        raise ReasonMissing
    return told[:LONGEST_REASON]


def _written(element: Element, action: str, by: Actor) -> Element:
    audit.record(by=by, action=action, subject=element.audit_subject)
    return element
