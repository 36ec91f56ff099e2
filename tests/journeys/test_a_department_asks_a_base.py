"""A base is offered behind an entry of who keeps it, asked for, granted by column, and answered."""

import asyncio
from datetime import date
from typing import Any

import pytest

from diebian.base.catalogue.public import resource
from diebian.base.exchange.broker.models import JournalLine
from diebian.base.exchange.public import agree, approve_request, provision, request_share
from diebian.base.exchange.tests.brokers import PURPOSE, SYSTEM, a_broker, called
from diebian.base.masterdata.answering import _columns
from diebian.base.masterdata.models import Base, Build, BuildState, GoldenRecord
from diebian.base.masterdata.refusals import NothingOffered
from diebian.base.masterdata.tests.sample import (
    ANNA,
    BUREAU,
    HOUSES,
    INSURED,
    JOBS,
    OTHER,
    WORK,
    an_entry_of_the_base,
    declared,
    department,
    tables,
    who,
)
from diebian.base.masterdata.using import USER
from diebian.kernel import clock
from diebian.security.identity.public import PLATFORM, Post, register_system, subject_ref
from diebian.security.tracker.models import Read
from tests.browsing import browser

pytestmark = pytest.mark.django_db(transaction=True)
SLUG, CODES = "sample-person-record", ("id_number", "name", "name_source", "phone")


@pytest.fixture
def base() -> Base:
    """Built twice: the name of the first build is no longer read."""
    tables(collected=False)
    version = declared()
    made = version.base
    for number, name in ((1, "周婉晴"), (2, "周晚晴")):
        Build.objects.create(
            base=made, number=number, version=version, state=BuildState.DONE, asked_by="样例",
            sources={}, asked_at=clock.now(), counts={},
        )  # fmt: skip
        GoldenRecord.objects.create(
            base=made, number=1, since=number, until=number + 1 if number == 1 else None,
            version=version, identifier=ANNA, digest=str(number), said={}, members=[],
            values={"id_number": ANNA, "name": name, "born": None, "phone": "13800000001"},
            chosen={"id_number": [0, "1"], "name": [1, ANNA], "born": None, "phone": [2, "H1"]},
            tokens=[f"#{ANNA}"],
        )  # fmt: skip
    made.built = 2
    made.save()
    return made


def granted(*columns: str, masked: tuple[str, ...] = ()) -> None:
    register_system(code=SYSTEM, name="样例系统", department=department(OTHER), by=PLATFORM)
    made = request_share(
        resource=SLUG, purpose=PURPOSE, legal_basis="样例条例", scene="样例", columns=columns,
        masked=masked, tier="standard", valid_to=date(2099, 1, 1), by=who(Post.APPLICANT, of=OTHER),
    )  # fmt: skip
    approve_request(request_id=made.pk, by=who(Post.DATA_HEAD, of=OTHER))
    agree(request_id=made.pk, by=who(Post.DATA_HEAD))
    provision(request_id=made.pk, by=PLATFORM)


def asked(number: str, **told: str) -> tuple[int, dict[str, Any]]:
    async def ask() -> tuple[int, dict[str, Any]]:
        async with a_broker() as broker:
            return await called(broker, SLUG, {"id_number": number}, **told)

    return asyncio.run(ask())


def mounted(entry: Any, **changed: str) -> Any:
    told = {"base": "people", "title": "样例人口查询", "slug": SLUG, **changed}
    return browser(who(Post.DATA_MANAGER)).post(f"/bases/mount/{entry}/", told)


def test_granted_columns_of_the_record_that_is_read_now_each_with_its_source(base: Base) -> None:
    assert mounted(an_entry_of_the_base(CODES))["Location"] == f"/exchange/resources/{SLUG}/"
    assert set(resource(SLUG).contract["fields"]) == set(CODES)
    granted("name", "name_source", "phone", masked=("phone",))
    status, told = asked(f" {ANNA} ", x_subject="another")  # whatever the caller claims
    assert status == 200
    health = f"样例保障局：样例表 {INSURED}"
    assert told["rows"] == [{"name": "周晚晴", "name_source": health, "phone": "1380***0001"}]
    # Seen by the person, and counted.
    [line] = Read.objects.filter(subject=subject_ref(ANNA))
    assert (line.resource, line.purpose, line.outcome) == ("样例人口查询", PURPOSE, "found")
    assert line.columns == "样例 name、样例 name_source、样例 phone"
    assert JournalLine.objects.get().route == SLUG
    assert asked("219902188001010015")[1] == {"found": False, "rows": []}
    Base.objects.filter(pk=base.pk).update(built=1)  # what a build has not published is not read
    assert asked(ANNA)[1]["rows"][0]["name"] == "周婉晴"


@pytest.mark.usefixtures("base")
def test_without_a_grant_for_this_purpose_nothing_comes() -> None:
    mounted(an_entry_of_the_base(CODES))
    assert asked(ANNA)[0] == 403
    granted("name")
    assert asked(ANNA, x_purpose="别的".encode().hex())[0] == 403
    assert asked(ANNA)[1]["rows"] == [{"name": "周晚晴"}]
    assert asked(ANNA, x_client_id="another")[0] == 403


def test_who_keeps_a_base_offers_what_the_entry_tells_of_and_nobody_else_does(base: Base) -> None:
    entry = an_entry_of_the_base(("something",))
    page = mounted(entry).content.decode()
    assert NothingOffered.title in page
    assert mounted(entry, slug="Not A Slug").status_code == 422
    stranger = browser(who(Post.DATA_MANAGER, of=WORK))
    assert stranger.get(f"/bases/mount/{entry}/").status_code == 403
    keeper = browser(who(Post.DATA_MANAGER))
    assert "还没有挂接到数据目录" in keeper.get("/bases/people/").content.decode()
    assert _columns({"base": base.slug}) >= set(CODES)
    assert _columns({"base": "nobody"}) == set()


@pytest.mark.usefixtures("base")
def test_it_is_tried_again_altered_and_told_of_where_its_sources_are_used() -> None:
    entry = an_entry_of_the_base(CODES)
    mounted(entry)
    keeper = browser(who(Post.DATA_MANAGER))
    assert keeper.post(f"/exchange/resources/{SLUG}/try").status_code == 302
    page = keeper.get(f"/exchange/resources/{SLUG}/").content.decode()
    assert f"/bases/mount/{entry}/?slug={SLUG}" in page
    form = keeper.get(f"/bases/mount/{entry}/?slug={SLUG}").content.decode()
    assert f'name="slug" value="{SLUG}"' in form
    assert '<option value="people" selected>' in form
    assert "样例人口查询" in keeper.get("/bases/people/").content.decode()
    words = {one.words: one for one in USER.uses(JOBS)}
    told = words["接口：样例人口查询（经样例人口库）"]
    assert told.names == {"sfz": "样例 id_number", "xm": "样例 name", "tel": "样例 phone"}
    assert words["基础库：样例人口库"].names["xm"] == "姓名"
    assert "owner" in {name for one in USER.uses(HOUSES) for name in one.columns}
    assert department(BUREAU) == resource(SLUG).provider
