"""What a person is shown of who looked: everything, once, counted rightly."""

from datetime import UTC, datetime, timedelta
from itertools import count

import pytest

from diebian.kernel import clock
from diebian.security.identity.public import (
    PLATFORM,
    Actor,
    actor_by_username,
    person,
    register_department,
    register_person,
    subject_ref,
)
from diebian.security.tracker.public import count_reads, reads_in, reads_of, record_page_read
from diebian.standards.credit_code import check_character
from diebian.standards.identifiers import check_digit

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 26, 4, 0, tzinfo=UTC)  # 12:00 in the city
BODY = "11000000000000001"
READER = Actor(name="样例审核员", department=BODY + check_character(BODY))
_places = count()


@pytest.fixture(autouse=True)
def _department(db: None) -> None:  # noqa: ARG001
    register_department(credit_code=READER.department, name="样例部门", by=PLATFORM)


def test_the_same_reader_and_thing_on_one_day_are_one_line_with_its_number() -> None:
    key = _somebody()
    for hours in (0, 1, 2, 13):  # the last is tomorrow in the city
        _looked(key, "case-1", at=NOON + timedelta(hours=hours))
    lines = reads_of(person_key=key).lines
    assert [(line.times, line.at) for line in lines] == [
        (1, NOON + timedelta(hours=13)),
        (3, NOON + timedelta(hours=2)),
    ]
    assert count_reads(person_key=key) == 4
    assert [line.columns for line in lines] == [["姓名", "住址"]] * 2


def test_pages_together_hold_every_read_once_newest_first() -> None:
    key = _somebody()
    for number in range(70):
        _looked(key, f"case-{number:02d}", at=NOON + timedelta(seconds=number))
    pages = [reads_of(person_key=key, page=str(number)).lines for number in (1, 2, 3)]
    found = [line.case_no for page in pages for line in page]
    assert found == [f"case-{number:02d}" for number in reversed(range(70))]
    assert reads_of(person_key=key, page="nonsense").page.number == 1


def test_nobody_else_is_in_it() -> None:
    one, other = _somebody(), _somebody()
    _looked(one, "case-1", at=NOON)
    assert reads_of(person_key=other).lines == []
    assert [line.case_no for line in reads_in(case_no="case-1")] == ["case-1"]


def _somebody() -> str:
    """A sample person of no place on earth."""
    place = next(_places)
    body = f"99000019900101{place:03d}"
    register_person(
        username=f"reads-{place}",
        password="样例-2026-长",
        name="样例",
        id_number=body + check_digit(body),
        phone="13800000000",
        is_sample=True,
        by=PLATFORM,
    )
    return actor_by_username(f"reads-{place}").key


def _looked(key: str, case_no: str, *, at: datetime) -> None:
    with clock.held_at(at):
        record_page_read(
            by=READER,
            subject=subject_ref(person(key).id_number),
            purpose="审核",
            case_no=case_no,
            resource="样例资料",
            columns=["姓名", "住址"],
        )
