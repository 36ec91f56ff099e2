"""What several departments ask is answered on one page, and rated on one page."""

from collections.abc import Mapping

from django.db import transaction

from diebian.scenes.services.actions import supply_supplement
from diebian.scenes.services.applications.rows import happened, own
from diebian.scenes.services.models import State
from diebian.scenes.services.rating_models import Rating, Service
from diebian.scenes.services.ratings.actions import rate
from diebian.scenes.services.ratings.refusals import RatedBefore
from diebian.scenes.services.refusals import AnswerMissing
from diebian.security.identity.public import Actor


@transaction.atomic
def supply_supplements(*, number: str, sent: Mapping[str, str], by: Actor) -> None:
    """`sent`: the answer by the number of the member's case. What is left empty stays open: its
    clock stands, the others' go on."""
    found = own(number, by)
    waiting = found.cases.filter(state=State.SUPPLEMENT).order_by("pk")
    answers = {one.case_no: sent.get(one.case_no, "").strip() for one in waiting}
    given = {case_no: words for case_no, words in answers.items() if words}
    if not given:
        raise AnswerMissing
    for case_no, words in given.items():
        supply_supplement(case_no=case_no, answer=words, by=by)
    happened(found, "supplemented", by)


@transaction.atomic
def rate_all(*, number: str, grade: int, words: str, by: Actor) -> None:
    """好差评 is of each case (一事一评). Who has the same to say of all says it once here; whoever
    rates one by one on its own page is not overwritten."""
    found = own(number, by)
    decided = found.cases.filter(state__in=[State.APPROVED, State.REFUSED])
    rated = Rating.objects.filter(invitation__service=Service.CASE)
    cases = list(decided.exclude(pk__in=rated.values("invitation__case")).order_by("pk"))
    if not cases:
        raise RatedBefore
    for case in cases:
        rate(case_no=case.case_no, grade=grade, words=words, by=by)
