"""A called case that somebody keeps rows of its own beside: opened by them, once, with what goes
along and nothing else; withdrawn by them, too."""

from collections.abc import Iterator

import pytest

from diebian.base.process.definitions.services import Opening, Owner, owners
from diebian.base.process.running.actions import receive, start, withdraw_case
from diebian.base.process.running.models import Case, Incident, Job
from diebian.base.process.running.selectors import case_named, cases_called_by, form_of
from diebian.base.process.work.carrying import work_one, work_through
from diebian.security.identity.public import PLATFORM

from .drawn import boundary, drawing, end, flows, message, node
from .drawn import start as begun
from .people import THIN, do, opened, outcome, tasks

pytestmark = pytest.mark.django_db
OUTER = drawing(
    "outer", begun(),
    node("callActivity", "call", calledElement="thin", outcomes="granted,refused,withdrawn",
         form="form.own"),
    boundary("back", "call", message()), end("end", "went"), end("gone", "gone"),
    flows(("start", "call"), ("call", "end"), ("back", "gone")),
)  # fmt: skip
FORM = {"own": {"amount": "5"}, "secret": "别人的"}


class Rows:
    """What the owner would keep: business key of each case that it opened."""

    opened: list[str] = []
    withdrawn: list[str] = []


def _open(told: Opening) -> int:
    key = f"own:{told.called_by}:{len(Rows.opened)}"
    Rows.opened.append(key)
    return start(process="thin", business_key=key, title=told.title, form=told.form,
                 department=told.department, person=told.person, caller=told.caller,
                 by=PLATFORM)  # fmt: skip


def _withdraw(key: str) -> None:
    Rows.withdrawn.append(key)
    line = case_named(key)
    if line.is_open:
        withdraw_case(case=line.number, reason="样例", by=PLATFORM)


@pytest.fixture(autouse=True)
def _owner() -> Iterator[None]:
    Rows.opened, Rows.withdrawn = [], []
    owners._items["thin"] = Owner("thin", "样例", _open, _withdraw)
    opened(THIN, key="first")  # deployed by it
    yield
    del owners._items["thin"]


def called(case: int) -> int:
    work_through()
    [line] = cases_called_by(case)
    return line.number


def test_the_owner_opens_it_with_what_goes_along_and_its_end_goes_back() -> None:
    case = opened(OUTER, FORM, key="2")
    assert Rows.opened == []  # nothing inside of the step
    child = called(case)
    assert (Rows.opened, dict(form_of(child))) == (["own:2:0"], {"amount": "5"})
    do(child, "review", "不予")
    work_through()
    assert outcome(case) == "went"


def test_whoever_dies_after_opening_opens_no_second_one() -> None:
    case = opened(OUTER, FORM, key="2")

    def dies(point: str) -> None:
        if point == "answered":
            raise MemoryError

    work_one(dies)
    Job.objects.update(due_at="2020-01-01T00:00Z")
    assert (called(case), len(Rows.opened)) == (Case.objects.get(parent=case).pk, 1)


def test_what_is_taken_back_is_withdrawn_by_its_owner() -> None:
    case = opened(OUTER, FORM, key="2")
    child = called(case)
    receive(case=case, message="m", number="1", by=PLATFORM)
    work_through()
    assert (Rows.withdrawn, outcome(child), outcome(case)) == (["own:2:0"], "withdrawn", "gone")
    assert not Incident.objects.exists()


def test_what_is_taken_back_while_it_is_being_opened_is_withdrawn_as_well() -> None:
    case = opened(OUTER, FORM, key="2")

    def taken_back(point: str) -> None:
        if point == "answered":
            receive(case=case, message="m", number="1", by=PLATFORM)

    work_one(taken_back)
    work_through()
    assert (Rows.withdrawn, outcome(case)) == (["own:2:0"], "gone")
    assert outcome(case_named("own:2:0").number) == "withdrawn"


def test_what_is_taken_back_before_is_never_opened() -> None:
    case = opened(OUTER, FORM, key="2")
    receive(case=case, message="m", number="1", by=PLATFORM)
    work_through()
    assert (Rows.opened, outcome(case)) == ([], "gone")


def test_what_ends_before_its_parent_has_heard_of_it_leaves_no_trouble() -> None:
    case = opened(OUTER, FORM, key="2")

    def ended(point: str) -> None:
        if point == "answered":
            child = Case.objects.get(parent=case).pk
            do(child, "review", "不予")
            work_through()

    work_one(ended)
    assert (outcome(case), Rows.withdrawn) == ("went", [])
    assert not Incident.objects.exists()


def test_without_an_owner_only_what_the_drawing_names_goes_along_too() -> None:
    del owners._items["thin"]
    case = opened(OUTER, FORM, key="2")
    [line] = cases_called_by(case)
    assert dict(form_of(line.number)) == {"amount": "5"}
    assert tasks(line.number)
    owners.register(Owner("thin", "样例", _open, _withdraw))


def test_what_goes_along_has_to_be_fields() -> None:
    opened(OUTER, {"own": "不是字段"}, key="2")
    assert "不是一组字段" in Incident.objects.get().sentence
