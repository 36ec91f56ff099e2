"""What government holds is not demanded: chosen from the register, named, or written otherwise."""

import pytest

from diebian.scenes.services import actions, refusals
from diebian.scenes.services.materials.models import Kind, Material
from tests.laid import laid_once

from .people import OTHER, a_licence_type, under_review, who
from .test_pages import browser


def _register() -> None:
    a_licence_type("居民户口簿", OTHER, is_collected=True)
    for code, name, kind, aliases in (
        ("M1", "居民户口簿", Kind.LICENCE, ["户口本"]),
        ("M2", "抵押合同", Kind.DOC, []),
        ("M3", "居民户口簿遗失说明", Kind.DOC, []),
    ):
        Material.objects.create(
            code=code, name=name, kind=kind, identity=f"{kind}:{name}", aliases=aliases,
            licence_type="L1" if kind == Kind.LICENCE else "",
        )  # fmt: skip


laid_here = laid_once(_register)


def ask(words: str = "", *chosen: str, is_confirmed: bool = False) -> str:
    case = under_review()
    told = {"wanted": words, "materials": chosen, "is_confirmed": is_confirmed}
    actions.ask_supplement(case_no=case.case_no, by=who("reviewer"), **told)  # type: ignore[arg-type]
    return str(case.supplement.wanted)


@pytest.mark.parametrize("chosen", ["M1", "居民户口簿", " 户口本 "])
def test_a_held_paper_chosen_from_the_register_is_refused_with_who_holds_it(chosen: str) -> None:
    with pytest.raises(refusals.HeldAlready, match="居民户口簿（已有：居民户口簿"):
        ask("", chosen)


@pytest.mark.parametrize("words", ["请提供户口本", "请把居民 户 口 簿 拍照发来"])
def test_a_held_paper_of_another_item_is_refused_as_well(words: str) -> None:
    with pytest.raises(refusals.HeldAlready):
        ask(words)


def test_a_paper_that_is_only_like_a_held_one_is_asked_about_and_then_taken() -> None:
    with pytest.raises(refusals.MaterialAlike, match="居民户口簿"):
        ask("请提供居民户口薄")
    assert "薄" in ask("请提供居民户口薄", is_confirmed=True)


def test_a_confirmation_does_not_open_the_way_to_what_is_named() -> None:
    with pytest.raises(refusals.HeldAlready):
        ask("请提供居民户口簿", is_confirmed=True)


def test_a_paper_that_nobody_holds_is_asked_for_by_its_name() -> None:
    assert ask("请写清金额", "M2") == "请提交抵押合同。请写清金额"
    assert ask("请提供居民户口簿遗失说明") == "请提供居民户口簿遗失说明"


def test_a_name_that_is_in_no_register_is_told() -> None:
    with pytest.raises(refusals.MaterialUnknown):
        ask("", "月亮证")
    with pytest.raises(refusals.ReasonMissing):
        ask(" ", " ")


def test_the_desk_offers_what_may_be_asked_for_and_lets_the_reviewer_confirm() -> None:
    case = under_review()
    desk, address = browser("reviewer"), f"/desk/cases/{case.case_no}"
    page = desk.get(f"{address}/").content.decode()
    assert '<option value="抵押合同">' in page
    assert '<option value="居民户口簿">' not in page
    answer = desk.post(f"{address}/supplement", {"reason": "请提供居民户口薄"})
    assert (answer.status_code, 'name="confirmed"' in answer.content.decode()) == (422, True)
    sent = {"reason": "请提供居民户口薄", "confirmed": "on"}
    assert desk.post(f"{address}/supplement", sent).status_code == 302
