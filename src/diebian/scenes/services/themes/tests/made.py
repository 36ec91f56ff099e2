"""Items and a register for tests, in few words."""

from collections.abc import Sequence
from typing import Any

from diebian.scenes.services.items.facts import Demand, ItemFacts
from diebian.scenes.services.materials.models import Kind
from diebian.scenes.services.materials.resolving import LicenceType, Standing, Subject
from diebian.scenes.services.themes.facts import Asked, Item, Place, Plan

OWN = "91110000600037341L"
CARD = Subject("M1", "居民身份证", Kind.LICENCE, licence_type="L1")
CERTIFICATE = Subject("M2", "出生医学证明", Kind.LICENCE, licence_type="L2")
CONTRACT = Subject("M3", "房屋租赁合同", Kind.DOC)
AGAIN = Subject("M4", "身份证复印件", Kind.LICENCE, licence_type="L1")
SUBJECTS = {one.code: one for one in (CARD, CERTIFICATE, CONTRACT, AGAIN)}
STANDING = Standing(
    types={
        "L1": LicenceType("居民身份证", "police", "样例甲局", is_collected=True),
        "L2": LicenceType("出生医学证明", "health", "样例乙局", is_collected=False),
    }
)


def item(
    code: str, *papers: str | Demand, gives: str = "", fields: Sequence[Asked] = (), **facts: Any
) -> Item:
    """`papers`: codes of the register; `gives`: a licence type."""
    demands = tuple(one if isinstance(one, Demand) else Demand(one) for one in papers)
    told: dict[str, Any] = {"name": f"事项{code}", "promised_days": 5} | facts
    return Item(
        code=code,
        number=1,
        facts=ItemFacts(kind="公共服务", credit_code=OWN, materials=demands, **told),
        owner="样例部门",
        fields=tuple(fields),
        gives=frozenset({f"{Kind.LICENCE}:{gives}"} if gives else ()),
    )


def theme(**after: Sequence[str]) -> Plan:
    places = tuple(Place(code, tuple(before)) for code, before in after.items())
    return Plan("OT1", "样例一件事", places)


def by_code(*items: Item) -> dict[str, Item]:
    return {one.code: one for one in items}
