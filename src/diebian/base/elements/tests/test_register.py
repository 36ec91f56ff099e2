"""An element's life: proposed by a department, registered or declined by the authority, retired."""

from collections.abc import Callable
from uuid import uuid4

import pytest

from diebian.base.elements.actions import (
    decline_element,
    propose_element,
    register_element,
    retire_element,
)
from diebian.base.elements.models import Element, State
from diebian.base.elements.refusals import (
    DefinitionUnclear,
    IdentifierTaken,
    IdentifierWrong,
    NameTaken,
    ReasonMissing,
    WrongState,
)
from diebian.base.elements.selectors import elements_named, next_identifier
from diebian.base.elements.suggesting import elements_meant
from diebian.kernel.errors import NotFound
from diebian.security.audit.public import actions_on
from diebian.security.identity.public import Post, Refused

from .people import (
    OTHER,
    a_candidate,
    a_standard,
    authority,
    facts,
    notices_of,
    who,
    with_account,
)

pytestmark = pytest.mark.django_db


def test_a_proposal_is_told_to_the_authority_and_its_registration_to_the_department() -> None:
    manager, bureau = with_account(who()), with_account(authority())
    made = a_candidate()
    assert "样例理由" in notices_of(bureau)[0]
    found = register_element(element_id=made, identifier=" DE0001 ", by=bureau)
    assert (found.state, found.identifier) == (State.STANDARD, "DE0001")
    assert "标识符 DE0001" in notices_of(manager)[0]
    assert list(actions_on(found.audit_subject)) == [
        "elements.element.proposed",
        "elements.element.registered",
    ]


def test_what_is_declined_says_why_and_can_be_proposed_anew() -> None:
    manager = with_account(who())
    decline_element(element_id=a_candidate(), reason="请用已有的", by=authority())
    assert notices_of(manager) == ["数据元“注册号”没有采纳。理由：请用已有的。"]
    assert a_standard().state == State.STANDARD


@pytest.mark.parametrize("post", [Post.DATA_HEAD, Post.APPLICANT, Post.AUTHORITY])
def test_only_a_data_manager_proposes(post: Post) -> None:
    with pytest.raises(Refused):
        propose_element(facts=facts(), why="样例", by=who(post))


def test_only_the_authority_decides() -> None:
    made = a_candidate()
    with pytest.raises(Refused):
        register_element(element_id=made, identifier="DE0001", by=who())
    with pytest.raises(NotFound):  # of another department: it does not exist for them
        register_element(element_id=made, identifier="DE0001", by=who(of=OTHER))
    with pytest.raises(NotFound):
        register_element(element_id=uuid4(), identifier="DE0001", by=authority())


def test_a_second_click_changes_nothing() -> None:
    made = a_standard()
    with pytest.raises(WrongState):
        decline_element(element_id=made.public_id, reason="样例", by=authority())
    retire_element(element_id=made.public_id, reason="有了新标准", by=authority())
    with pytest.raises(WrongState):
        retire_element(element_id=made.public_id, reason="样例", by=authority())


@pytest.mark.parametrize("identifier", ["", "DE 1", "-DE1", "数1", "D" * 41, "DE1\n2", "D\0"])
def test_an_identifier_that_nobody_can_write_is_refused(identifier: str) -> None:
    with pytest.raises(IdentifierWrong):
        register_element(element_id=a_candidate(), identifier=identifier, by=authority())


def test_identifiers_and_names_of_standard_elements_are_taken_once() -> None:
    first, second = a_candidate(), a_candidate()
    other = a_candidate(name="样例号")
    register_element(element_id=first, identifier="DE0001", by=authority())
    with pytest.raises(NameTaken):
        register_element(element_id=second, identifier="DE0002", by=authority())
    with pytest.raises(IdentifierTaken):
        register_element(element_id=other, identifier="DE0001", by=authority())
    with pytest.raises(NameTaken):
        propose_element(facts=facts(), why="样例", by=who())


def _unclear() -> None:
    propose_element(facts=facts(format="an..18"), why="样例", by=who())


def _without_reason() -> None:
    propose_element(facts=facts(), why="  ", by=who())


@pytest.mark.parametrize(
    ("does", "refusal"), [(_unclear, DefinitionUnclear), (_without_reason, ReasonMissing)]
)
def test_a_proposal_says_what_it_is_and_why(
    does: Callable[[], None], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        does()
    assert not Element.objects.exists()


def test_the_next_identifier_goes_on_behind_the_last() -> None:
    assert next_identifier() == "DE0001"
    a_standard("DE0041")
    assert next_identifier() == "DE0042"


def test_identifiers_that_cannot_be_are_found_nowhere() -> None:
    a_standard("DE0001")
    assert set(elements_named(["DE0001", "", "\0", "x" * 1000, "DE9"])) == {"DE0001"}


def test_a_column_is_guessed_by_name_other_name_and_first_letters() -> None:
    a_standard("DE0001")
    a_standard("DE0002", name="注册号码", aliases=[])
    names = ["注册号", "工商注册号", "ZCH", "zchm", "zc"]
    meant = {name: one.identifier for name, one in elements_meant(names).items()}
    assert meant == {"注册号": "DE0001", "工商注册号": "DE0001", "ZCH": "DE0001", "zchm": "DE0002"}
