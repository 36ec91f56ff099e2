"""A value put right at its source: whoever compared it, keeps a base of it, or read that, hears."""

from datetime import timedelta

import pytest

from diebian.base.comparison.models import Run, RunState
from diebian.base.comparison.tests import people as compared
from diebian.base.corrections.models import Correction, Told
from diebian.base.corrections.public import Finding, fix, open_found
from diebian.base.masterdata.models import Base, Build, BuildState, GoldenRecord
from diebian.base.masterdata.offering import mount_base
from diebian.base.masterdata.tests import sample
from diebian.kernel import clock
from diebian.security.identity.public import Actor, Post, subject_ref
from diebian.security.tracker.public import add_subjects, open_mass_read, record_page_read
from tests.browsing import browser

pytestmark = pytest.mark.django_db
OFFER = "样例人口查询"


def corrected(resource: str, number: str, *, opened: Actor, fixed: Actor) -> Correction:
    """Somebody says that it is wrong, and its office puts it right."""
    found = [Finding(number, "姓名")]
    open_found(resource=resource, findings=found, says="样例", case_no="", by=opened)
    made = Correction.objects.get(subject=subject_ref(number), state="open")
    fix(correction_id=made.public_id, how="样例改好", by=fixed)
    return made


def test_whoever_had_this_person_compared_is_told_in_which_runs() -> None:
    compared.pushed_tables()
    one, moment = compared.declared(), clock.now()
    compared.agreed(one)
    for number in (1, 2):
        run = Run.objects.create(
            comparison=one, number=number, state=RunState.DONE, left_snapshot=1, right_snapshot=1,
            asked_by="asker", asked_by_name="样例", asked_at=moment,
        )  # fmt: skip
        read = open_mass_read(
            request_id=run.reading, at=moment, system="comparison", reader="样例",
            department=one.consumer.credit_code, purpose="样例", case_no="", resource="样例",
            columns=["姓名"],
        )  # fmt: skip
        add_subjects(read_id=read, subjects=[(subject_ref(compared.ANNA), True)])
    office, other = compared.who(of=compared.PROVIDER), compared.who(of=compared.OTHER)
    for person in (compared.ANNA, compared.SUN):  # of whom nothing was told to anybody
        corrected(compared.RESOURCE, person, opened=other, fixed=office)
    told = Told.objects.get()
    assert told.correction.subject == subject_ref(compared.ANNA)
    assert told.department.name == compared.ASKER
    [line] = told.through
    assert line["words"].startswith("比对“样例失业比对”第 1、2 次比过它")
    page = browser(compared.asker()).get(f"/corrections/{told.correction.public_id}/")
    assert line["href"] in page.text
    assert browser(compared.asker()).get(line["href"]).status_code == 200


@pytest.fixture
def base() -> Base:
    """Of one person, from the register of jobs; offered as an interface."""
    sample.tables(collected=False, listed=[sample.JOBS])
    version, moment = sample.declared(), clock.now()
    made = version.base
    Build.objects.create(
        base=made, number=1, version=version, state=BuildState.DONE, asked_by="样例",
        asked_at=moment - timedelta(hours=1), ended_at=moment, counts={},
        sources={slug: {"snapshot": 1} for slug in sample.OF},
    )  # fmt: skip
    for number, who, source in ((1, sample.ANNA, "0"), (2, sample.BORIS, "1")):
        GoldenRecord.objects.create(
            base=made, number=number, since=1, version=version, identifier=who, digest="x",
            values={}, chosen={}, said={}, members=[[source, "1"]], tokens=[],
        )  # fmt: skip
    made.built = 1
    made.save()
    return made


def test_whoever_keeps_or_read_what_was_made_of_it_is_told_of_this_person_alone(base: Base) -> None:
    keeper = sample.who(Post.DATA_MANAGER)
    mount_base(slug=base.slug, entry_id=sample.an_entry_of_the_base(["name"]),
               resource="sample-record", title=OFFER, by=keeper)  # fmt: skip
    reader = sample.who(Post.APPLICANT, of=sample.OTHER)
    record_page_read(by=reader, subject=subject_ref(sample.ANNA), purpose="样例", case_no="B-7",
                     resource=OFFER, columns=["姓名"])  # fmt: skip
    office = sample.who(Post.DATA_MANAGER, of=sample.WORK)
    for person in (sample.ANNA, sample.BORIS):  # of Boris the register of jobs says nothing
        corrected(f"{sample.JOBS}-ask", person, opened=keeper, fixed=office)
    told = {one.department.name: one for one in Told.objects.all()}
    assert set(told) == {sample.BUREAU, sample.OTHER}
    assert "“样例人口库”里有它（第 1 次建库）" in told[sample.BUREAU].through[0]["words"]
    assert "为办件 B-7经“样例人口查询”查过它" in told[sample.OTHER].through[0]["words"]
    page = browser(reader).get(f"/corrections/{told[sample.OTHER].correction.public_id}/")
    assert "为办件 B-7" in page.text
