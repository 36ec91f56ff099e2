"""A contract keeps what others use of it; what was lost otherwise is said to both sides."""

import asyncio
from typing import Any

import pytest
from django.apps import apps

from diebian.base.catalogue.public import ContractInUse, mount_resource, resource
from diebian.base.exchange.bench.prepare import prepare
from diebian.base.exchange.grants.users import USERS
from diebian.base.exchange.interfaces.gone import tell_providers
from diebian.base.exchange.interfaces.health import faults_of
from diebian.base.exchange.tests.brokers import PURPOSE, SYSTEM, a_broker, called
from diebian.base.exchange.tests.department_system import department_system
from diebian.base.exchange.tests.people import (
    CONSUMER,
    CONTRACT,
    OTHER,
    PROVIDER,
    SLUG,
    a_grant,
    a_resource,
    ask,
    department,
    who,
)
from diebian.base.messages.public import unread
from diebian.security.identity.public import (
    PLATFORM,
    Post,
    Refused,
    department_name,
    register_official,
)

pytestmark = pytest.mark.django_db
KEPT: dict[str, Any] = {
    "system": "sample",
    "success": {"field": "code", "value": "0"},
    "rows": "data.list",
    "fields": {"address": "qlr", "area": "mj", "place": "xzq"},
}


@pytest.mark.parametrize(
    ("altered", "lost"),
    [
        ({"fields": {"area": "mj", "place": "xzq"}}, f"{CONSUMER}在用owner"),
        ({"request": {"number": "zjhm"}}, f"{CONSUMER}在用现在的参数"),
        ({"region": ""}, f"{CONSUMER}在用按区划给的范围"),
    ],
)
def test_what_a_grant_needs_cannot_be_mounted_away(altered: dict[str, Any], lost: str) -> None:
    a_resource()
    a_grant(region="88")
    with pytest.raises(ContractInUse, match=lost):
        _mount_anew({**CONTRACT, **altered})
    assert resource(SLUG).contract == CONTRACT


def test_a_request_under_way_counts_and_what_nobody_uses_may_go() -> None:
    a_resource()
    ask(by=who(Post.APPLICANT, OTHER), columns=["area"])
    a_grant()
    with pytest.raises(ContractInUse, match=f"{OTHER}在用area"):
        _mount_anew({**CONTRACT, "fields": {"owner": "qlr"}})
    _mount_anew({**CONTRACT, "path": "/new", "fields": {"owner": "xm", "area": "mj", "new": "x"}})
    assert set(resource(SLUG).contract["fields"]) == {"owner", "area", "new"}


def test_a_use_is_reached_at_the_page_of_its_request() -> None:
    a_resource()
    grant = a_grant()
    register_official(
        username="sample-consumer-head",
        password="样例-2026-长",
        name="样例",
        department=department(CONSUMER),
        posts=[Post.DATA_HEAD],
        by=PLATFORM,
    )
    page = f"/exchange/requests/{grant.request_id}/"
    key = resource(SLUG).key
    pages = {Post.APPLICANT: page, "sample-consumer-head": page}
    assert USERS.reach([key]) == {key: pages}


@pytest.mark.django_db(transaction=True)
def test_a_granted_column_that_is_gone_is_a_stable_problem_and_the_provider_hears(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told = {"resource": "odd", "system": SYSTEM, "tier": "bulk", "purpose": PURPOSE}
    prepare([{**told, "contract": KEPT}], ask=lambda contract: set(contract["fields"]))
    mounted: Any = apps.get_model("catalogue", "Resource").objects.get(slug="odd")
    del mounted.contract["fields"]["address"]  # as if from a time without the rule
    mounted.save()

    async def story() -> list[tuple[int, dict[str, Any]]]:
        async with a_broker() as broker:
            answers = [await called(broker, "odd") for _ in range(3)]
            await broker.asking.agreement.tell()
            return answers

    with department_system([{"qlr": "样例", "mj": "90", "xzq": "880101"}]) as (address, _):
        monkeypatch.setenv("DIEBIAN_SANDBOX_SAMPLE", address)
        answers = asyncio.run(story())
    assert {status for status, _ in answers} == {502}
    assert {problem["code"] for _, problem in answers} == {"exchange.columns_gone"}
    [fault] = faults_of(["odd"])
    assert (fault.column, fault.says, fault.times) == ("address", "接口里已没有这一项", 3)
    provider = resource("odd").provider
    register_official(
        username="sample-provider",
        password="样例-2026-长",
        name=department_name(provider),
        department=provider,
        posts=[Post.DATA_MANAGER],
        by=PLATFORM,
    )
    with pytest.raises(Refused):
        tell_providers(by=who(Post.DATA_HEAD, PROVIDER))
    assert [tell_providers(by=PLATFORM) for _ in range(3)] == [1, 0, 0]
    assert unread("sample-provider").count() == 1


def _mount_anew(contract: dict[str, Any]) -> None:
    mount_resource(
        entry_id=resource(SLUG).entry_id,
        slug=SLUG,
        title="样例房屋查询",
        contract=contract,
        probe=lambda told: set(told["fields"]),
        by=who(Post.DATA_MANAGER, PROVIDER),
    )
