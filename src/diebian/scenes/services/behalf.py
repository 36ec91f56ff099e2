"""Acting for somebody else in a case: this scene's side of `base.mandates`, which decides."""

from collections.abc import Sequence

from django.db.models import Q
from django.urls import reverse

from diebian.base.mandates import public as mandates
from diebian.base.mandates.public import Matter, Standing
from diebian.kernel.errors import DiebianError, NotFound
from diebian.security.identity.public import Actor, company
from diebian.standards.drafts import Whose

from .drafts import lapses_at
from .items.facts import ORGANISATIONS, PERSONS, ItemFacts
from .models import Application, Case, ServiceItem

# What is told to the giver as an act: the rest follows from these by itself.
ACTS = {
    "opened": "开始填申请",
    "received": "提交了申请",
    "supplement_done": "补充了材料",
    "withdrawn": "撤回了申请",
    "handover_said": "说了证件怎样拿",
    "discarded": "删掉了草稿",
}


def matter_of(item: ServiceItem) -> Matter:
    body = item.department
    return Matter(item.code, item.name, body.credit_code, body.name, item.asks_true_will)


def standing_in(by: Actor, case: Case) -> Standing | None:
    """By which mandate this one acts for the applicant, who is somebody else."""
    if not by.is_person or by.key == case.applicant_key:
        return None
    return mandates.standing(holder=by, giver=case.applicant_key, matter=matter_of(case.item))


def whom_for(by: Actor | None, item: ServiceItem, facts: ItemFacts) -> list[Standing]:
    """Persons and companies for whom this one may apply here, beside oneself."""
    if by is None:
        return []
    wanted = facts.objects or (PERSONS, ORGANISATIONS)
    told = mandates.standings_in(holder=by, matter=matter_of(item))
    return [one for one in told if (ORGANISATIONS if one.is_company else PERSONS) in wanted]


def refuse_without_mandate(by: Actor, giver: str, item: ServiceItem) -> None:
    if by.key == giver:
        return
    matter = matter_of(item)
    if mandates.standing(holder=by, giver=giver, matter=matter) is None:
        was_one = mandates.once_stood(holder=by, giver=giver, matter=matter)
        raise mandates.Over if was_one else mandates.NotGiven


def within(by: Actor) -> Q:
    """Cases that this one's mandates reach; empty where there are none."""
    wanted = Q()
    for giver, codes in reach_of(by).items():
        reach = Q() if codes is None else Q(item__code__in=codes)
        wanted |= Q(applicant_key=giver) & reach
    return wanted


def reach_of(by: Actor) -> dict[str, set[str] | None]:
    """Key of each giver to the codes of items in which this one acts; None: in all."""
    told: dict[str, set[str] | None] = {}
    for one in mandates.standings_of(holder=by):
        known = told.get(one.giver_key, set())
        is_all = one.mandate_id is None or known is None
        told[one.giver_key] = None if is_all else {*(known or ()), *_codes(one)}
    return told


def _codes(of: Standing) -> Sequence[str]:
    if not of.field:
        return of.matters
    rows = ServiceItem.objects.filter(department__credit_code=of.field, asks_true_will=False)
    return list(rows.values_list("code", flat=True))


def who_is_told(applicant_key: str, matters: Sequence[Matter], acted_by: str) -> list[str]:
    """Keys of persons. Of a company: who represents it today, whoever began; else the applicant,
    and whoever acts for her as long as she may.
    """
    acting = mandates.who_acts(giver=applicant_key, matters=matters)
    if company(applicant_key) is not None:
        return acting
    return [applicant_key, *(key for key in acting if key == acted_by)]


def told_of(case: Case) -> list[str]:
    """Whom the news of a case reach."""
    return who_is_told(case.applicant_key, [matter_of(case.item)], case.acted_by)


def absent(by: Actor, case: Case) -> DiebianError:
    """Another's case does not exist; to whoever acted in it once, it is said why it is closed."""
    giver, matter = case.applicant_key, matter_of(case.item)
    was_one = mandates.once_stood(holder=by, giver=giver, matter=matter)
    return mandates.Over() if was_one else NotFound()


def reader(by: Actor) -> str:
    """As 谁查过我 names whoever reads under a mandate."""
    return f"{by.name}，凭您的授权"


def note_act(case: Case, kind: str, by: Actor) -> None:
    """In the transaction of the act, when it is somebody else's case. Raises `mandates.Over`."""
    if not by.is_person or by.key == case.applicant_key or kind not in ACTS:
        return
    note_use(
        case,
        matters=[matter_of(case.item)],
        act=ACTS[kind],
        about=f"{case.item.name}，编号 {case.case_no}",
        link=reverse("services:track", args=[case.case_no]),
        by=by,
    )


def note_use(
    of: Case | Application,
    *,
    matters: Sequence[Matter],
    act: str,
    about: str,
    link: str,
    by: Actor,
) -> None:
    """One act for its applicant: she is told, and who acted last is kept with it. A draft that is
    another's is kept longer. Raises `mandates.Over`.
    """
    giver = of.applicant_key
    mandates.use(giver=giver, matters=matters, act=act, about=about, link=link, by=by)
    if of.acted_by != by.key:
        of.acted_by, of.lapses_at = by.key, lapses_at(of.opened_at, Whose.FOR_ANOTHER)
        of.save(update_fields=["acted_by", "lapses_at"])
