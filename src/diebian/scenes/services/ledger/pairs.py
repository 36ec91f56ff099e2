"""Every paper of every item in force, with how it is answered now and how many cases ask it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count

from diebian.kernel import clock
from diebian.scenes.services.items.models import ItemVersion, State
from diebian.scenes.services.items.papers import unregistered
from diebian.scenes.services.materials.resolving import Answer, Resolved, resolve
from diebian.scenes.services.materials.standing import standing_of, subjects
from diebian.scenes.services.models import Case

A_YEAR = timedelta(days=365)
IN_THE_LINE = Resolved(Answer.DATA, "网上办理时系统自己取", holder="各有关部门")


@dataclass(frozen=True)
class Pair:
    item: str
    item_name: str
    consumer: str  # credit code of the department that decides
    consumer_name: str
    material: str  # empty for a paper that is not in the register
    name: str
    resolved: Resolved
    cases: int  # of the item, in twelve months
    is_conditional: bool  # asked of some, by a situation

    @property
    def key(self) -> str:
        return f"{self.item} {self.material or self.name}"


def since() -> date:
    return clock.today() - A_YEAR


def pairs() -> list[Pair]:
    rows = ItemVersion.objects.filter(state=State.IN_FORCE, item__retired_on=None)
    versions = list(rows.select_related("item__department").order_by("item__code"))
    told = [(one, one.facts) for one in versions]
    about = subjects(None) | subjects([code for _, facts in told for code in facts.codes])
    standing = standing_of(about.values(), {facts.credit_code for _, facts in told})
    cases = cases_by_item()
    found = []
    for version, facts in told:
        for demand in facts.materials:
            subject = about.get(demand.material) or unregistered(demand)
            found.append(
                Pair(
                    item=version.item.code,
                    item_name=facts.name,
                    consumer=facts.credit_code,
                    consumer_name=version.item.department.name,
                    material=demand.material,
                    name=subject.name,
                    # An item with a journey asks departments itself: nothing of it is brought.
                    resolved=IN_THE_LINE
                    if version.journey is not None
                    else resolve(subject, standing, consumer=facts.credit_code, way=demand.way),
                    cases=cases.get(version.item_id, 0),
                    is_conditional=bool(demand.when),
                )
            )
    return found


def cases_by_item() -> dict[int, int]:
    rows = Case.objects.filter(received_at__gte=clock.midnight(since()))
    counted: Sequence[tuple[int, int]] = list(
        rows.order_by().values_list("item").annotate(Count("pk"))
    )
    return dict(counted)
