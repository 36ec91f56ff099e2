"""我的证照: what a person sees of her own, and copies that are for one use."""

import json
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from PIL import Image

from diebian.base.licences.copying import copy_for_case, copy_for_oneself, copy_opened
from diebian.base.licences.holding import held_by, holdings_of
from diebian.base.licences.models import Copy
from diebian.base.licences.picture import drawn
from diebian.base.licences.refusals import NotUsable, PurposeMissing
from diebian.base.licences.selectors import checked
from diebian.base.licences.sheets import sheet_of_copy
from diebian.base.licences.verification import trusted_keys, verify
from diebian.kernel import clock
from diebian.kernel.errors import NotFound
from diebian.security.identity.public import (
    PLATFORM,
    Actor,
    Kind,
    Post,
    actor_by_username,
    confirm_company,
    register_department,
    register_person,
)
from diebian.security.tracker.public import reads_in
from tests.browsing import browser
from tests.held_licence import a_held_licence
from tests.laid import laid_once

pytestmark = pytest.mark.django_db
FIRM = "91110000600037341L"
NUMBER = "11010519491231002X"
told = {"for_whom": "样例银行", "purpose": "开户"}


def build() -> None:
    register_department(credit_code=FIRM, name="样例局", by=PLATFORM)
    for username, number in (("anna", NUMBER), ("boris", "219902198803120029")):
        register_person(username=username, password="样例口令一二三", name=f"样例{username}",
                        id_number=number, by=PLATFORM)  # fmt: skip


laid = laid_once(build)


def who(username: str) -> Actor:
    return actor_by_username(username)


def reviewer() -> Actor:
    return Actor(
        name="审核员", department=FIRM, kind=Kind.OFFICIAL, key="r", posts=(Post.REVIEWER,)
    )


def test_she_sees_her_own_and_her_companys_and_nobody_elses() -> None:
    a_held_licence(issuer=FIRM, holder_number=NUMBER)
    a_held_licence(issuer=FIRM, holder_number=FIRM)
    assert [len(one.held) for one in holdings_of(who("anna"))] == [1]
    confirm_company(credit_code=FIRM, name="样例公司", head_key=who("anna").key, by=PLATFORM)
    assert [len(one.held) for one in holdings_of(who("anna"))] == [1, 1]
    assert [len(one.held) for one in holdings_of(who("boris"))] == [0]


@pytest.mark.parametrize(
    ("facts", "state"),
    [
        ({}, "有效"),
        ({"valid_until": timedelta(0)}, "有效"),
        ({"valid_until": timedelta(-1)}, "已过期"),
        ({"state": "suspended"}, "已暂扣"),
        ({"doubt": "absent"}, "待核实"),
    ],
)
def test_only_what_is_in_force_today_is_used(facts: dict[str, Any], state: str) -> None:
    if "valid_until" in facts:
        facts = {"valid_until": clock.today() + facts["valid_until"]}
    _, held = a_held_licence(issuer=FIRM, holder_number=NUMBER, **facts)
    assert holdings_of(who("anna"))[0].held[0].state == state
    assert held_by(who("anna").key)["H1"].is_usable == (state == "有效")
    if state != "有效":
        with pytest.raises(NotUsable):
            copy_for_oneself(held_id=held.pk, **told, by=who("anna"))


def test_a_copy_is_verified_offline_and_tells_the_state_of_now_online() -> None:
    _, held = a_held_licence(issuer=FIRM, holder_number=NUMBER)
    made = copy_for_oneself(held_id=held.pk, **told, by=who("anna"))
    file = sheet_of_copy(made).file
    verdict = verify(file, trusted_keys())
    assert (verdict.identifier, verdict.body["只用于"]) == (held.identifier, "开户")
    assert checked(file, "").status == "有效"
    held.state = "revoked"
    held.save()
    assert checked(file, "").status == "已吊销或撤销"
    assert json.loads(file)["body"].count(NUMBER) == 1
    picture = Image.open(BytesIO(drawn(sheet_of_copy(made), form="png")))
    assert picture.width > 500


def test_a_copy_says_for_whom_it_is() -> None:
    _, held = a_held_licence(issuer=FIRM, holder_number=NUMBER)
    with pytest.raises(PurposeMissing):
        copy_for_oneself(held_id=held.pk, for_whom=" ", purpose="开户", by=who("anna"))
    with pytest.raises(NotFound):
        copy_for_oneself(held_id=held.pk, **told, by=who("boris"))


def test_a_reviewer_gets_one_copy_for_a_case_and_each_opening_is_told() -> None:
    _, held = a_held_licence(issuer=FIRM, holder_number=NUMBER)
    case = {"held_id": held.pk, "case_no": "B1", "purpose": "办理“样例事项”"}
    for _ in range(2):
        made = copy_for_case(**case, holder_key=who("anna").key, by=reviewer())  # type: ignore[arg-type]
        copy_opened(public_id=made.public_id, by=reviewer())
    assert (Copy.objects.count(), [one.times for one in reads_in(case_no="B1")]) == (1, [2])
    with pytest.raises(NotFound):  # another applicant's case gives no look at hers
        copy_for_case(**case, holder_key=who("boris").key, by=reviewer())  # type: ignore[arg-type]


def test_an_identity_number_stands_whole_on_its_own_page_alone() -> None:
    _, held = a_held_licence(issuer=FIRM, holder_number=NUMBER, number=NUMBER)
    anna = browser(who("anna"))
    assert NUMBER not in anna.get("/licences/").content.decode()
    assert NUMBER in anna.get(f"/licences/held/{held.pk}/").content.decode()


def test_the_pages() -> None:
    _, held = a_held_licence(issuer=FIRM, holder_number=NUMBER, state="suspended")
    _, good = a_held_licence(issuer=FIRM, holder_number=NUMBER)
    anna = browser(who("anna"))
    page = anna.get("/licences/").content.decode()
    assert "已暂扣" in page
    assert good.number in page
    assert "办事时不能用它" in anna.get(f"/licences/held/{held.pk}/").content.decode()
    assert anna.post(f"/licences/held/{good.pk}/", told).status_code == 302
    link = f"/licences/copies/{Copy.objects.get().public_id}.pdf"
    assert link in anna.get(f"/licences/held/{good.pk}/").content.decode()
    assert anna.get(link).content.startswith(b"%PDF")
    assert anna.post(f"/licences/held/{good.pk}/", {"for_whom": ""}).status_code == 422
    boris = browser(who("boris"))
    for address in (f"/licences/held/{good.pk}/", link):
        assert boris.get(address).status_code == 404
    assert Client().get("/licences/").status_code == 401
