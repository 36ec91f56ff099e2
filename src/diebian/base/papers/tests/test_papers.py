"""Given once, kept sealed, used again where the owner agrees, gone where nobody needs it."""

import os
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from pytest_django import Settings

from diebian.base.papers import actions, keeping, selectors
from diebian.base.papers.models import Paper
from diebian.base.papers.refusals import NotAgreed
from diebian.kernel import clock
from diebian.kernel.errors import NotFound
from diebian.security.identity.public import PLATFORM, Actor, Kind, Refused
from diebian.security.keys.public import SealBroken
from tests.browsing import browser

from .test_inspecting import picture

OWNER = Actor(name="样例甲", kind=Kind.PERSON, key="owner")
OTHER = Actor(name="样例乙", kind=Kind.PERSON, key="other")
CLERK = Actor(name="样例窗口", kind=Kind.OFFICIAL, key="clerk", department="x")
SLOT = actions.Slot("DEED", "购房合同", OWNER.key, "1", "样例登记")
NEXT = replace(SLOT, case_no="2", case_title="样例许可")

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _folder(settings: Settings, tmp_path: Path) -> None:
    settings.DIEBIAN_DATA = tmp_path


def given(by: Actor = OWNER, **told: object) -> Paper:
    facts = {"name": "a.jpg", "content": picture(), "is_agreed": True, **told}
    return actions.give(slot=SLOT, by=by, **facts)  # type: ignore[arg-type]


def test_the_content_lies_sealed_and_once() -> None:
    first, second = given(), given()
    [file] = [one for one in Path(keeping._home()).rglob("*") if one.is_file()]
    assert first.digest == second.digest == file.name
    assert b"JFIF" not in file.read_bytes()
    assert keeping.read(first.digest).startswith(b"\xff\xd8\xff")


def test_a_file_that_was_changed_or_put_in_anothers_place_does_not_open() -> None:
    one, other = given(), given(content=picture(size=(9, 9)))
    home = Path(keeping._home())
    (home / one.digest[:2] / one.digest).write_bytes(
        (home / other.digest[:2] / other.digest).read_bytes()
    )
    with pytest.raises(SealBroken):
        keeping.read(one.digest)


def test_it_is_used_again_with_the_owners_agreement_alone() -> None:
    paper = given()
    actions.use_again(paper_id=paper.public_id, slot=NEXT, by=OWNER)
    actions.take_back(paper_id=paper.public_id, by=OWNER)
    with pytest.raises(NotAgreed):
        actions.use_again(paper_id=paper.public_id, slot=replace(NEXT, case_no="3"), by=OWNER)
    assert list(paper.uses.values_list("case_no", flat=True)) == ["1", "2"]
    actions.agree(paper_id=paper.public_id, by=OWNER)
    assert selectors.offered(OWNER.key, "DEED").count() == 1


def test_nobody_agrees_for_somebody_else() -> None:
    assert given(by=CLERK).agreed_at is None
    paper = given(is_agreed=False)
    for verb in (actions.agree, actions.take_back, actions.remove):
        with pytest.raises(NotFound):
            verb(paper_id=paper.public_id, by=OTHER)


def test_what_is_over_or_of_another_kind_or_owner_is_not_offered() -> None:
    day = clock.today()
    given(valid_until=day - timedelta(days=1))
    assert not selectors.offered(OWNER.key, "DEED").exists()
    given(valid_until=day)
    assert selectors.offered(OWNER.key, "DEED").count() == 1
    assert not selectors.offered(OTHER.key, "DEED").exists()
    assert not selectors.offered(OWNER.key, "CARD").exists()


def test_a_case_keeps_what_its_owner_removes_and_what_no_case_has_is_gone() -> None:
    kept, gone = given(), given()
    actions.let_go(paper_ids=[gone.public_id], case_no="1", by=OWNER)
    for one in (kept, gone):
        actions.remove(paper_id=one.public_id, by=OWNER)
    assert [one.public_id for one in Paper.objects.all()] == [kept.public_id]
    assert not selectors.papers_of(OWNER).exists()


def test_a_draft_that_comes_to_nothing_leaves_only_what_may_be_used_again() -> None:
    agreed, alone = given(), given(is_agreed=False)
    ids = [agreed.public_id, alone.public_id]
    actions.let_go(paper_ids=ids, case_no="1", by=OWNER)
    assert [one.public_id for one in Paper.objects.all()] == [agreed.public_id]


def test_the_sweeper_takes_what_nothing_speaks_of_and_leaves_what_is_new() -> None:
    paper, orphan = given(), keeping.keep(b"of a transaction that came to nothing")
    with pytest.raises(Refused):
        actions.sweep(by=OWNER)
    assert actions.sweep(by=PLATFORM) == 0
    for file in Path(keeping._home()).rglob("*"):
        os.utime(file, (0, 0))
    assert actions.sweep(by=PLATFORM) == 1
    assert keeping.read(paper.digest)
    with pytest.raises(FileNotFoundError):
        keeping.read(orphan)


def test_the_page_lists_ones_own_with_its_uses_and_takes_back_by_a_button() -> None:
    paper = given()
    person = browser(OWNER)
    page = person.get("/me/papers/").content.decode()
    for words in ("购房合同", "样例登记", "收回再用的同意"):
        assert words in page
    assert person.post(f"/me/papers/{paper.public_id}/take-back").status_code == 302
    assert "同意以后再用" in person.get("/me/papers/").content.decode()
    seen = person.get(f"/me/papers/{paper.public_id}/")
    assert (seen["Content-Type"], seen["Cache-Control"]) == ("image/jpeg", "no-store")
    assert browser(OTHER).get(f"/me/papers/{paper.public_id}/").status_code == 404
