"""Licences of the own department, for whoever may end one: without what stands in them."""

from collections.abc import Sequence
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet

from diebian.kernel.errors import NotFound
from diebian.security.identity.public import Actor

from .acts_models import LEADS_TO, Act, LicenceAct, Verdict
from .models import Licence
from .refusals import ActGone
from .states import may_turn

A_PAGE = 30


def issued_by(by: Actor, word: str, page: str) -> Page[Licence]:
    """`word`: of a case number, identifier or title."""
    rows = _own(by).order_by("-issued_at", "-pk")
    if word:
        named = Q(case_no__icontains=word) | Q(identifier__icontains=word)
        rows = rows.filter(named | Q(title__icontains=word))
    return Paginator(rows, A_PAGE).get_page(page)


def waiting_in(by: Actor) -> QuerySet[LicenceAct]:
    rows = LicenceAct.objects.filter(verdict=Verdict.PROPOSED, licence__in=_own(by))
    return rows.select_related("licence").order_by("pk")


def licence_at_desk(by: Actor, public_id: UUID) -> Licence:
    found = _own(by).filter(public_id=public_id).prefetch_related("acts").first()
    if found is None:
        raise NotFound
    return found


def proposed_for(by: Actor, public_id: UUID) -> LicenceAct:
    found = waiting_in(by).filter(licence__public_id=public_id).first()
    if found is None:
        licence_at_desk(by, public_id)  # of another department it does not exist
        raise ActGone
    return found


def choices_for(licence: Licence) -> Sequence[tuple[str, str]]:
    return [(str(one), str(one.label)) for one in Act if may_turn(licence.state, LEADS_TO[one])]


def _own(by: Actor) -> QuerySet[Licence]:
    return Licence.objects.filter(issuer__credit_code=by.department).select_related("issuer")
