"""How a paper is answered: pure questions, each with its reason in words."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diebian.scenes.services.materials.models import Kind
from diebian.scenes.services.materials.resolving import (
    Answer,
    Granted,
    Held,
    Interface,
    LicenceType,
    Own,
    Standing,
    Step,
    Subject,
    Way,
    resolve,
)

OWN, OTHER = "own", "other"
NAMES = {OWN: "甲局", OTHER: "乙局"}
CARD = Subject("M1", "身份证", Kind.LICENCE, licence_type="L1")
DIPLOMA = Subject("M2", "毕业证书", Kind.DATA, dataset="学历信息", provider=OTHER)
FORM, CONTRACT = Subject("M3", "申请表", Kind.FORM), Subject("M4", "合同", Kind.DOC)
MOUNTED = (Interface("diploma", "学历查询"),)
WHOLE_CITY, ONE_COUNTY = Granted(1, 7, ""), Granted(2, 8, "880101")


def held(**told: object) -> Held:
    facts = {"is_published": True, "is_withheld": False, "basis": "", "interfaces": MOUNTED}
    return Held("学历信息", OTHER, "乙局", **(facts | told))  # type: ignore[arg-type]


def standing(*grants: Granted, of: Held | None = None, asked: bool = False) -> Standing:
    return Standing(
        types={"L1": LicenceType("居民身份证", "police", "样例局", is_collected=True)},
        sets={(OTHER, "学历信息"): of} if of else {},
        grants={("diploma", OWN): grants} if grants else {},
        asked=frozenset({("diploma", OWN)}) if asked else frozenset(),
        names=NAMES,
    )


def test_a_collected_licence_answers_for_everybody() -> None:
    told = resolve(CARD, standing(), consumer=OWN)
    assert (told.answer, told.holder, told.is_held) == (Answer.LICENCE, "样例局", True)
    assert "居民身份证" in told.reason


def test_a_licence_that_is_not_collected_must_be_brought_and_says_who_would_collect_it() -> None:
    types = {"L1": LicenceType("居民身份证", "police", "样例局", is_collected=False)}
    told = resolve(CARD, Standing(types=types), consumer=OWN)
    assert told.is_demanded
    assert told.lever is not None
    assert (told.lever.step, told.lever.key, told.lever.who) == (
        Step.COLLECT, "licence:L1", "样例局",
    )  # fmt: skip


def test_data_answers_where_the_department_has_a_grant() -> None:
    told = resolve(DIPLOMA, standing(WHOLE_CITY, of=held()), consumer=OWN)
    assert (told.answer, told.holder, told.request) == (Answer.DATA, "乙局", 7)


def test_a_department_needs_no_grant_for_its_own_data() -> None:
    told = resolve(DIPLOMA, standing(of=held(interfaces=())), consumer=OTHER)
    assert told.answer == Answer.DATA


@pytest.mark.parametrize(
    ("of", "asked", "step", "who"),
    [
        (None, False, Step.CATALOGUE, "乙局"),
        (held(is_published=False), False, Step.PUBLISH, "乙局"),
        (held(is_withheld=True, basis="某法"), False, Step.SHARE, "甲局"),
        (held(interfaces=()), False, Step.MOUNT, "乙局"),
        (held(), False, Step.ASK, "甲局"),
        (held(), True, Step.GRANT, "乙局"),
    ],
)
def test_what_is_not_granted_yet_must_be_brought_and_says_whose_turn_it_is(
    of: Held | None, asked: bool, step: Step, who: str
) -> None:
    told = resolve(DIPLOMA, standing(of=of, asked=asked), consumer=OWN)
    assert told.answer == Answer.SUBMIT
    assert told.lever is not None
    assert (told.lever.step, told.lever.who) == (step, who)
    assert told.lever.key == f"data:{OTHER}:学历信息"


@pytest.mark.parametrize(
    ("county", "answer"),
    [("880101", Answer.DATA), ("880102", Answer.SUBMIT), ("", Answer.SUBMIT)],
)
def test_a_grant_of_one_county_answers_for_its_people_alone(county: str, answer: Answer) -> None:
    told = resolve(DIPLOMA, standing(ONE_COUNTY, of=held()), consumer=OWN, county=county)
    assert told.answer == answer


def test_forms_are_filled_statements_are_ticked_and_the_rest_is_the_persons_own() -> None:
    assert resolve(FORM, standing(), consumer=OWN).answer == Answer.FORM
    stated = resolve(CONTRACT, standing(), consumer=OWN, way=Way.STATEMENT)
    assert stated.answer == Answer.STATEMENT
    brought = resolve(CONTRACT, standing(), consumer=OWN)
    assert (brought.is_demanded, brought.lever) == (True, None)


@given(
    st.sampled_from([CARD, DIPLOMA, FORM, CONTRACT]),
    st.sampled_from([None, held(), held(is_withheld=True), held(is_published=False)]),
    st.lists(st.sampled_from([WHOLE_CITY, ONE_COUNTY])),
    st.sampled_from([OWN, OTHER, "nobody"]),
    st.sampled_from(["", "880101", "880102"]),
    st.sampled_from(Way.values),
)
def test_every_answer_has_a_reason_and_nothing_is_held_and_demanded(
    subject: Subject, of: Held | None, grants: list[Granted], consumer: str, county: str, way: str
) -> None:
    told = resolve(subject, standing(*grants, of=of), consumer=consumer, county=county, way=way)
    assert told.reason
    assert not (told.is_held and told.is_demanded)
    assert told.lever is None or told.is_demanded
    assert bool(told.holder) == told.is_held


@given(st.lists(st.sampled_from([WHOLE_CITY, ONE_COUNTY])), st.sampled_from([WHOLE_CITY]))
def test_one_more_grant_never_makes_a_paper_demanded(grants: list[Granted], more: Granted) -> None:
    before = resolve(DIPLOMA, standing(*grants, of=held()), consumer=OWN)
    after = resolve(DIPLOMA, standing(*grants, more, of=held()), consumer=OWN)
    assert after.is_held or not before.is_held


def test_of_an_applicant_her_own_licence_answers_or_is_asked_for_with_the_reason() -> None:
    mine = Own(7, "编号 1，长期有效", "有效", is_usable=True)
    told = resolve(CARD, replace(standing(), own={"L1": mine}), consumer=OWN)
    assert (told.answer, told.own) == (Answer.LICENCE, mine)
    assert told.reason == "已有：居民身份证，编号 1，长期有效，样例局颁发"
    lapsed = replace(mine, state="已过期", is_usable=False)
    told = resolve(CARD, replace(standing(), own={"L1": lapsed}), consumer=OWN)
    assert told.is_demanded
    assert "已过期" in told.reason
    told = resolve(CARD, replace(standing(), own={}), consumer=OWN)
    assert told.is_demanded
    assert "没有查到" in told.reason
