"""Each department gives leave for its own table: without it a source is not read, and then goes."""

from datetime import date

import pytest

from diebian.base.exchange.public import refuse, resume, revoke, suspend
from diebian.base.masterdata.actions import start, stop
from diebian.base.masterdata.asking_leave import ask_leave
from diebian.base.masterdata.due import due_slugs
from diebian.base.masterdata.looking import records_now
from diebian.base.masterdata.models import Base, Build, BuildState, GoldenRecord, Leave
from diebian.base.masterdata.refusals import NoLeave, NothingToAsk, NotListed, NotMounted
from diebian.base.masterdata.running import execute
from diebian.security.audit.public import actions_on
from diebian.security.identity.public import Post, Refused
from tests.browsing import browser

from .sample import (
    BUREAU,
    CARLA,
    HEALTH,
    HOUSES,
    INSURED,
    JOBS,
    OF,
    PLAN,
    WORK,
    asked,
    built,
    declared,
    granted,
    ready,
    tables,
    who,
)

YEARS = date(2099, 1, 1)


@pytest.fixture
def base(db: None) -> Base:  # noqa: ARG001
    """Declared over tables of two departments; nobody has been asked."""
    tables(collected=False, listed=OF)
    return declared().base


def page(actor: str = BUREAU) -> str:
    told = browser(who(Post.DATA_MANAGER, Post.APPLICANT, of=actor)).get("/bases/people/")
    return told.content.decode()


def test_without_a_word_of_any_department_nothing_is_built(base: Base) -> None:
    with pytest.raises(NoLeave):
        start(slug=base.slug, by=who())
    assert due_slugs() == []
    told = page()
    assert "3 张表是别的部门的，0 张已同意" in told
    assert "还没有申请" in told


def test_the_applicant_of_the_department_that_keeps_it_asks_each_department_once(
    base: Base,
) -> None:
    for other in (who(), who(Post.APPLICANT, of=WORK)):
        with pytest.raises(Refused):
            ask_leave(slug=base.slug, valid_to=YEARS, by=other)
    assert (
        browser(who(Post.DATA_MANAGER)).post("/bases/people/leave", {"months": 12}).status_code
        == 403
    )
    keeper = browser(who(Post.APPLICANT, Post.DATA_MANAGER))
    assert keeper.post("/bases/people/leave", {"months": 0}).status_code == 422
    assert keeper.post("/bases/people/leave", {"months": 12}).status_code == 302
    requests = list(Leave.objects.order_by("pk").values_list("request", flat=True))
    assert len(set(requests)) == 3
    with pytest.raises(NothingToAsk):
        asked()
    assert "masterdata.leave.asked" in actions_on(base.audit_subject)
    assert "待本单位审核" in page()
    # Whoever answers sees exactly which columns are read, and for what.
    head = browser(who(Post.DATA_HEAD, of=WORK))
    shown = head.get(f"/exchange/requests/{requests[0]}/").content.decode()
    assert "申请的是合进基础库" in shown
    assert "<code>sfz</code>" in shown
    assert (
        browser(who(Post.DATA_HEAD, of=HEALTH))
        .get(f"/exchange/requests/{requests[0]}/")
        .status_code
        == 404
    )


@pytest.mark.usefixtures("base")
def test_more_columns_than_were_asked_for_are_asked_for_anew() -> None:
    for request in asked():
        granted(request)
    assert "3 张已同意" in page()
    sources = [
        {**PLAN["sources"][0], "columns": {**PLAN["sources"][0]["columns"], "born": "id"}},
        *PLAN["sources"][1:],
    ]
    declared(sources=sources)
    told = page()
    assert "申请过的列不够，要再申请" in told
    assert "3 张表是别的部门的，2 张已同意" in told
    [again] = asked()
    granted(again)
    assert "3 张已同意" in page()


def test_a_table_that_the_catalogue_does_not_tell_of_cannot_be_asked_for(db: None) -> None:  # noqa: ARG001
    tables(collected=False, listed=[JOBS, INSURED])
    declared()
    with pytest.raises(NotMounted):
        asked()
    assert not Leave.objects.exists()


def test_a_column_that_the_catalogue_does_not_list_cannot_be_asked_for(
    base: Base, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("diebian.base.masterdata.asking_leave.read_columns", lambda *_: {})
    with pytest.raises(NotListed):
        ask_leave(slug=base.slug, valid_to=YEARS, by=who(Post.APPLICANT))


@pytest.mark.usefixtures("lake_place")
def test_one_departments_no_is_about_its_own_table_and_no_other() -> None:
    tables(listed=OF)
    base = declared().base
    jobs, insured, houses = asked()
    granted(jobs)
    granted(houses)
    from diebian.base.exchange.public import approve_request

    approve_request(request_id=insured, by=who(Post.DATA_HEAD))
    refuse(request_id=insured, reason="样例理由", by=who(Post.DATA_HEAD, of=HEALTH))
    told = built()
    assert told.state == BuildState.DONE
    assert set(told.sources) == {JOBS, HOUSES}
    base.refresh_from_db()
    assert all(one[0] != "1" for record in records_now(base) for one in record.members)
    shown = browser(who()).get(f"/bases/builds/{told.pk}/").content.decode()
    assert "没有读：没有同意" in shown


@pytest.mark.usefixtures("lake_place")
def test_with_the_leave_goes_what_the_source_said_and_with_it_comes_back() -> None:
    base = ready()
    built()
    base.refresh_from_db()
    assert due_slugs() == []
    carla = records_now(base).get(identifier=CARLA)
    assert carla.values["born"] == "1956-11-02"  # the insurance alone knows the day
    grant = Leave.objects.get(collection__slug=INSURED).request.grant.pk
    suspend(grant_id=grant, reason="样例", by=who(Post.DATA_HEAD, of=HEALTH))
    assert due_slugs() == ["people"]
    assert "授权暂停" in page()
    built()
    base.refresh_from_db()
    now = records_now(base).get(number=carla.number)
    assert (now.values["name"], now.values["born"]) == ("李娜", None)
    resume(grant_id=grant, by=who(Post.DATA_HEAD, of=HEALTH))
    assert due_slugs() == ["people"]
    built()
    base.refresh_from_db()
    assert records_now(base).get(number=carla.number).values["born"] == "1956-11-02"


@pytest.mark.usefixtures("lake_place")
def test_where_no_leave_is_left_the_base_is_emptied_whoever_stopped_its_last_build() -> None:
    base = ready()
    built()
    for one in Leave.objects.select_related("request__grant", "collection"):
        head = who(Post.DATA_HEAD, of=OF[one.collection.slug])
        revoke(grant_id=one.request.grant.pk, reason="样例", by=head)
    stop(build_id=start(slug=base.slug, by=who()).pk, by=who())
    execute(Build.objects.latest("pk").pk)
    assert due_slugs() == [base.slug]
    told = built()
    assert (told.state, told.sources, told.counts["entities"]) == (BuildState.DONE, {}, 0)
    base.refresh_from_db()
    assert not records_now(base).exists()
    assert due_slugs() == []


@pytest.mark.usefixtures("lake_place")
def test_a_leave_that_ends_while_it_is_built_ends_the_build() -> None:
    base = ready()
    built()
    base.refresh_from_db()
    before = list(records_now(base).order_by("number").values_list("number", "digest"))
    grant = Leave.objects.get(collection__slug=JOBS).request.grant.pk

    def ended(point: str) -> None:
        if point == "computed":
            revoke(grant_id=grant, reason="样例", by=who(Post.DATA_HEAD, of=WORK))

    told = built(point=ended)
    assert told.state == BuildState.FAILED
    assert "授权停了" in told.sentence
    base.refresh_from_db()
    assert list(records_now(base).order_by("number").values_list("number", "digest")) == before
    assert not GoldenRecord.objects.filter(since=told.number).exists()
    assert due_slugs() == ["people"]  # and next without that table
    assert asked() != []  # it may be asked for again
