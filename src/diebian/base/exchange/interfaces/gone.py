"""A provider hears that calls fail because its contract lost a column that is granted.

Mounting anew refuses that (`catalogue.mount_resource`); this is for whatever came about otherwise.
"""

from django.db import transaction
from django.urls import reverse

from diebian.base.catalogue.public import ResourceLine, resource
from diebian.base.exchange import policy
from diebian.base.exchange.adapters.agreed import GONE
from diebian.base.exchange.grants.sides import keepers_of
from diebian.base.messages.public import notify_all
from diebian.kernel import clock
from diebian.security.audit import public as audit
from diebian.security.identity.public import PLATFORM, Actor, Refused

from .models import ContractFault

TOLD = "exchange.columns_gone.told"


@transaction.atomic
def tell_providers(*, by: Actor) -> int:
    """Once for a column on a day; returns of how many. The trail is what remembers it."""
    if not policy.may_work_by_itself(by):
        raise Refused
    told = 0
    for fault in ContractFault.objects.filter(says=GONE, day=clock.today()).order_by("pk"):
        subject = f"exchange.fault:{fault.resource}:{fault.day}:{fault.column}"
        if not audit.actions_on(subject):
            _tell(resource(fault.resource), fault.column)
            audit.record(by=by, action=TOLD, subject=subject)
            told += 1
    return told


def _tell(found: ResourceLine, column: str) -> None:
    notify_all(
        keys=keepers_of(found.provider),
        title=f"接口缺少信息项：{found.title}",
        body=f"接口约定里已没有“{column}”，而它已经授权给别的部门，它们的调用今天起取不到。"
        "请把它补回来重新挂载，或和用着的部门商量后停用授权。",
        link=reverse("exchange:resource", args=[found.slug]),
        by=PLATFORM,
    )
