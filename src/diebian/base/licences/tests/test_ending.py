"""What was issued here is suspended, revoked, restored: with a reason, by two persons."""

from pathlib import Path
from uuid import uuid4

import pytest
from pytest_django import Settings

from diebian.base.licences import ending
from diebian.base.licences.actions import issue
from diebian.base.licences.acts_models import Verdict
from diebian.base.licences.models import Licence, LicenceAct
from diebian.base.licences.refusals import ActGone, ActImpossible, ActWaits, ReasonMissing
from diebian.base.licences.selectors import checked
from diebian.base.licences.sheets import sheet_of
from diebian.kernel.errors import NotFound
from diebian.security.identity.public import (
    PLATFORM,
    Actor,
    Kind,
    Post,
    Refused,
    actor_by_username,
    register_department,
    register_person,
)
from tests.browsing import browser
from tests.laid import laid_once

pytestmark = pytest.mark.django_db
OWNER, OTHER = "91110000600037341L", "914403001922038216"
WHY = {"reason": "样例理由", "basis": "样例条例第一条"}


def build() -> None:
    for code in (OWNER, OTHER):
        register_department(credit_code=code, name=f"样例局{code[:4]}", by=PLATFORM)
    register_person(username="anna", password="样例口令一二三", name="样例安娜",
                    id_number="11010519491231002X", by=PLATFORM)  # fmt: skip


laid = laid_once(build)


def who(*posts: Post, key: str = "r", of: str = OWNER) -> Actor:
    return Actor(name=f"样例{key}", department=of, kind=Kind.OFFICIAL, key=key, posts=posts)


CLERK, HEAD = who(Post.REVIEWER), who(Post.HEAD, key="h")


@pytest.fixture
def licence(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Licence:
    settings.DIEBIAN_DATA = tmp_path
    monkeypatch.setenv("DIEBIAN_DATA", str(tmp_path))  # whoever checks asks neither settings
    return issue(
        title="样例许可", type_code=f"{OWNER}001", holder_key=actor_by_username("anna").key,
        holder_name="样例安娜", body={"事项": "样例"}, case_no="B1", by=CLERK,
    )  # fmt: skip


def proposed(of: Licence, act: str = "revoke") -> LicenceAct:
    return ending.propose(public_id=of.public_id, act=act, **WHY, by=CLERK)


def test_nothing_changes_until_the_head_agrees_and_then_whoever_checks_is_told(
    licence: Licence,
) -> None:
    file = sheet_of(licence).file
    made = proposed(licence)
    assert checked(file, "").status == "有效"
    ending.agree(act_id=made.pk, by=HEAD)
    told = checked(file, "")
    assert (told.status, told.is_valid) == ("已吊销或撤销", False)
    anna = browser(actor_by_username("anna"))
    assert "已吊销或撤销" in anna.get("/licences/").content.decode()
    with pytest.raises(ActGone):
        ending.agree(act_id=made.pk, by=HEAD)


def test_two_persons_of_the_department_that_issued_it(licence: Licence) -> None:
    both = who(Post.REVIEWER, Post.HEAD)
    made = ending.propose(public_id=licence.public_id, act="revoke", **WHY, by=both)
    with pytest.raises(Refused):
        ending.agree(act_id=made.pk, by=both)
    with pytest.raises(Refused):
        ending.agree(act_id=made.pk, by=CLERK)
    with pytest.raises(NotFound):
        ending.agree(act_id=made.pk, by=who(Post.HEAD, key="x", of=OTHER))
    with pytest.raises(NotFound):
        ending.propose(public_id=uuid4(), act="revoke", **WHY, by=CLERK)


def test_suspended_and_restored_but_an_end_stays(licence: Licence) -> None:
    for act in ("suspend", "restore", "revoke"):
        ending.agree(act_id=proposed(licence, act).pk, by=HEAD)
    licence.refresh_from_db()
    assert licence.state == "revoked"
    for act in ("restore", "suspend", "nonsense"):
        with pytest.raises(ActImpossible):
            proposed(licence, act)


def test_one_proposal_at_once_with_a_reason_and_an_article(licence: Licence) -> None:
    with pytest.raises(ReasonMissing):
        ending.propose(public_id=licence.public_id, act="void", reason="x", basis="", by=CLERK)
    made = proposed(licence)
    with pytest.raises(ActWaits):
        proposed(licence, "suspend")
    ending.decline(act_id=made.pk, why="证据不够", by=HEAD)
    made.refresh_from_db()
    assert (made.verdict, made.why) == (Verdict.DECLINED, "证据不够")
    proposed(licence, "suspend")


def test_the_desk(licence: Licence) -> None:
    clerk, head = browser(CLERK), browser(HEAD)
    where = f"/licences/desk/{licence.public_id}/"
    assert licence.case_no in clerk.get("/licences/desk/?q=B1").content.decode()
    short = clerk.post(f"{where}act", {"verb": "propose", "act": "void", "reason": "很长的理由"})
    assert short.status_code == 422
    assert "很长的理由" in short.content.decode()
    assert clerk.post(f"{where}act", {"verb": "propose", "act": "void", **WHY}).status_code == 302
    assert "同意作废" not in clerk.get(where).content.decode()
    assert "同意作废" in head.get(where).content.decode()
    assert head.post(f"{where}act", {"verb": "agree"}).status_code == 302
    assert head.post(f"{where}act", {"verb": "agree"}).status_code == 409
    assert "发错作废" in head.get(where).content.decode()
    assert browser(who(Post.HEAD, key="x", of=OTHER)).get(where).status_code == 404
