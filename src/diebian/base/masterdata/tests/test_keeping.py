"""What was replaced long ago goes, killed or not; what is read, turns and decisions stay."""

from datetime import timedelta
from pathlib import Path

import pytest
from pytest_django import Settings

from diebian.base.masterdata import jobs
from diebian.base.masterdata.keeping import forget
from diebian.base.masterdata.looking import number_of, records_now
from diebian.base.masterdata.models import Base, Build, BuildState, GoldenRecord, Turn, TurnKind
from diebian.base.masterdata.plan import USUAL, plan_of
from diebian.kernel import clock
from diebian.kernel.errors import NotFound
from diebian.security.audit.public import actions_on
from diebian.security.identity.public import PLATFORM, Refused
from diebian.standards.profile import read_declaration
from tests.browsing import browser, written_in
from tests.killed import killed_at

from .sample import ANNA, BORIS, PLAN, declared, tables, who

pytestmark = pytest.mark.django_db(transaction=True)
A_MONTH = timedelta(days=31)
WORK = """
from diebian.base.masterdata.keeping import forget
from diebian.security.identity.public import PLATFORM
forget(slug="people", by=PLATFORM, point=point, chunk=1)
"""


@pytest.fixture
def base() -> Base:
    """Four builds, the first three years and more ago; the entity had another number before."""
    tables(collected=False)
    version = declared()
    made, now = version.base, clock.now()
    for number, months in ((1, 50), (2, 40), (3, 10), (4, 0)):
        moment = now - months * A_MONTH
        Build.objects.create(
            base=made, number=number, version=version, state=BuildState.DONE, asked_by="样例",
            sources={}, asked_at=moment, ended_at=moment, counts={}, first_number=number,
        )  # fmt: skip
        GoldenRecord.objects.create(
            base=made, number=1, since=number, until=number + 1 if number < 4 else None,
            version=version, identifier=BORIS if number == 1 else ANNA, digest=str(number),
            values={"id_number": ANNA, "name": f"样例第{number}版", "born": None, "phone": None},
            chosen={"id_number": [0, "1"], "name": [0, "1"], "born": None, "phone": None},
            said={}, members=[], tokens=[],
        )  # fmt: skip
    Turn.objects.create(base=made, build=2, number=9, kind=TurnKind.MERGED, other=1)
    made.built = 4
    made.save()
    return made


def states(base: Base) -> list[int]:
    rows = GoldenRecord.objects.filter(base=base).order_by("since")
    return list(rows.values_list("since", flat=True))


def test_killed_it_goes_on_and_only_what_was_replaced_long_ago_goes(
    base: Base, settings: Settings, tmp_path: Path
) -> None:
    settings.DIEBIAN_DATA = tmp_path
    other = GoldenRecord.objects.get(base=base, since=1)
    other.pk, other.number = None, 2
    other.save()  # two are to go
    killed_at("gone", WORK, data=tmp_path)
    assert states(base) == [1, 2, 3, 4]
    base.refresh_from_db()
    assert base.forgotten == 2
    with pytest.raises(NotFound):  # marked is as good as gone
        number_of(base, BORIS)
    jobs.forget_old_states.func(0)
    assert states(base) == [2, 3, 4]
    assert number_of(base, ANNA) == 1
    assert forget(slug=base.slug, by=PLATFORM) == 0
    assert records_now(base).get().values["name"] == "样例第4版"
    assert Turn.objects.count() == 1
    assert actions_on(base.audit_subject).count("masterdata.forgotten") == 1
    with pytest.raises(Refused):
        forget(slug=base.slug, by=who())


def test_the_timeline_stops_where_nothing_is_kept_and_says_so(base: Base) -> None:
    keeper = browser(who())
    before = keeper.post("/bases/people/records/1/plain", {"purpose": "样例"}).text
    assert "样例第1版" in before
    assert "不再保存" not in before
    forget(slug=base.slug, by=PLATFORM)
    after = keeper.post("/bases/people/records/1/plain", {"purpose": "样例"}).text
    assert "样例第1版" not in after
    for words in ("样例第2版", "留着的最早的内容", "第一次进库", "当时的内容已过保留期，不再保存",
                  "9 号并了进来", "被替换的内容留 36 个月，最早的留到"):  # fmt: skip
        assert words in after, words
    page = keeper.get("/bases/people/").text
    assert USUAL.why in page
    assert "到第 2 次建库" in page


def test_a_declaration_says_how_long_and_why() -> None:
    kept = {"months": 6, "why": "样例理由"}
    assert plan_of({**PLAN, "kept": kept}).keeping.months == 6
    tables(collected=False)
    base = declared(kept=kept).base
    assert "留 6 个月：样例理由" in browser(who()).get(f"/bases/{base.slug}/").text
    text = written_in(browser(who()).get(f"/bases/{base.slug}/alter").text)
    assert read_declaration(text, "样例") == ({**PLAN, "kept": kept}, [])
    wrong, [fault] = read_declaration(text.replace("months: 6", "months: 0"), "样例")
    assert wrong is None
    assert fault.line == 1 + text[: text.index("months: 6")].count("\n")
