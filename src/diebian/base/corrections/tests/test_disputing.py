"""“Nothing is wrong”, says the provider: whoever asked may dispute it, a person too."""

from datetime import UTC, datetime
from uuid import UUID

import pytest

from diebian.base.corrections.disputing import REJECTED
from diebian.base.corrections.dues import due_of
from diebian.base.corrections.models import Correction, State
from diebian.base.corrections.public import fix, open_correction, reject
from diebian.base.corrections.refusals import RulingBinds
from diebian.base.disputes.public import (
    NotInDispute,
    accept,
    advise,
    doorway,
    give_way,
    open_dispute,
    refer,
    say,
)
from diebian.kernel import clock
from diebian.kernel.errors import NotFound
from diebian.security.identity.public import Actor, Post, actor_by_username
from tests.browsing import browser
from tests.laid import laid_once

from .people import BUREAU, OTHER, PROVIDER, SLUG, set_the_scene, who

pytestmark = pytest.mark.django_db
MANAGER, HEAD = (Post.DATA_MANAGER, PROVIDER), (Post.DATA_HEAD, PROVIDER)
WEDNESDAY = datetime(2026, 11, 25, 2, tzinfo=UTC)


laid = laid_once(set_the_scene)


def test_a_person_disputes_from_the_page_of_the_answer_and_the_provider_puts_it_right() -> None:
    made = _rejected()
    page = browser(_person())
    there = page.get(f"/corrections/{made.public_id}/").content.decode()
    address = f"/disputes/new/{REJECTED}/{made.public_id}/"
    assert address in there
    dispute = page.post(address, {"text": "测绘报告写的是 89"}).headers["Location"]
    assert "测绘报告写的是 89" in page.get(dispute).content.decode()
    assert dispute in page.get("/disputes/").content.decode()
    key = UUID(dispute.split("/")[2])
    say(dispute_id=key, text="档案写的是 86", by=who(*MANAGER))
    refer(dispute_id=key, text="谈不拢", by=_person())
    advise(dispute_id=key, outcome="overturned", text="以测绘为准", by=who(Post.AUTHORITY, BUREAU))
    with clock.held_at(WEDNESDAY):
        accept(dispute_id=key, by=who(*HEAD))
        made.refresh_from_db()
        assert made.state == State.CONFIRMED
        assert str(due_of(made)) == "最晚 12 月 9 日（周三）改正"
    with pytest.raises(RulingBinds):
        reject(correction_id=made.public_id, evidence="还是无误", by=who(*MANAGER))
    fix(correction_id=made.public_id, how="已按测绘改正", by=who(*MANAGER))
    assert "以测绘为准" in page.get(f"/corrections/{made.public_id}/").content.decode()


def test_whoever_said_the_same_anew_meanwhile_has_the_ruling() -> None:
    made = _rejected()
    dispute = _disputed(made)
    anew = _opened()
    give_way(dispute_id=dispute, text="核对后属实", by=who(*HEAD))
    made.refresh_from_db()
    anew.refresh_from_db()
    assert (made.state, anew.state) == (State.REJECTED, State.CONFIRMED)
    assert anew.ruling == "双方协商一致：核对后属实"


def test_nobody_else_disputes_it_and_not_before_it_is_answered() -> None:
    made = _opened()
    with pytest.raises(NotInDispute):
        _disputed(made)
    reject(correction_id=made.public_id, evidence="档案如此", by=who(*MANAGER))
    for nobody in (actor_by_username("sample-two"), who(Post.DATA_HEAD, OTHER)):
        with pytest.raises(NotFound):
            open_dispute(kind=REJECTED, about=str(made.public_id), grounds="不对", by=nobody)
    assert doorway(REJECTED, str(made.public_id), who(Post.AUTHORITY, BUREAU)) is None
    with pytest.raises(NotFound):
        open_dispute(kind=REJECTED, about="1", grounds="不对", by=_person())


def _person() -> Actor:
    return actor_by_username("sample-one")


def _opened() -> Correction:
    return open_correction(resource=SLUG, item="面积", seen="86", says="89", case_no="case-1",
                           person_key=_person().key, by=_person())  # fmt: skip


def _rejected() -> Correction:
    made = _opened()
    return reject(correction_id=made.public_id, evidence="档案如此", by=who(*MANAGER))


def _disputed(made: Correction) -> UUID:
    about = str(made.public_id)
    return open_dispute(kind=REJECTED, about=about, grounds="不对", by=_person()).public_id
