"""People, an item and cases for tests, made by the real actions."""

import csv
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.apps import apps

from diebian.base.directory.public import load_working_days
from diebian.kernel import clock
from diebian.scenes.services import actions
from diebian.scenes.services.carrying.following import deploy_standard
from diebian.scenes.services.items.facts import ItemFacts
from diebian.scenes.services.items.folder import Wanted
from diebian.scenes.services.items.writing import take_in
from diebian.scenes.services.models import Case, Fetched
from diebian.security.identity.public import (
    PLATFORM,
    Actor,
    actor_by_username,
    department_keys,
    department_name,
    register_department,
    register_official,
    register_person,
)
from tests.held_licence import a_held_licence

ROOT = Path(__file__).parents[5]
OWNER, OTHER = "91110000600037341L", "914403001922038216"
WORD = "样例口令一二三"
SENT = {"amount": "500", "card_tail": "3021", "statement": "on"}
OF_THE_THEME = {"f1": "500", "f2": "3021", "statement": "on"}  # the same as a theme asks it
NUMBERS = {"applicant": "11010519491231002X", "stranger": "219902198803120029"}
HOUSE = {"owner": "样例applicant", "address": "样例路 1 号", "free": "1", "where": "880101001"}
JOURNEY = {
    "asks": ["house", "account"],
    "titles": {"house": "房屋查询", "account": "账户查询", "insured": "参保查询"},
    "system": "sample",
    "purpose": "样例用途",
    "shows": [
        {"ask": "house", "field": "address", "label": "坐落"},
        {"ask": "account", "field": "balance", "label": "余额", "kind": "fen"},
    ],
    "form": [
        {"name": "amount", "label": "金额（元）", "kind": "money"},
        {"name": "card_tail", "label": "卡号最后 4 位", "kind": "digits", "length": 4},
    ],
    "statement": {"label": "本人声明：情况属实", "says": "代替书面证明"},
    "checks": [
        {"ask": "house", "expect": "some", "says": "没有查到房屋"},
        {"ask": "house", "field": "owner", "equals": "applicant.name", "says": "权利人是{owner}"},
        {"ask": "house", "field": "free", "equals": "1", "says": "房屋有抵押"},
        {"ask": "account", "field": "balance", "at_least": "form.amount", "says": "超过余额"},
    ],
    "verifies": [
        {
            "resource": "insured",
            "claims": [
                {"column": "name", "label": "姓名", "from": "applicant.name"},
                {"column": "since", "label": "参保日期", "kind": "date"},
                {"column": "kind", "label": "险种", "choices": {"310": "职工", "390": "居民"}},
            ],
        }
    ],
    "county": {"ask": "house", "field": "where"},
    "decision": {
        "title": "样例决定",
        "type_code": f"{OWNER}001",
        "body": {"准予金额（元）": "form.amount"},
    },
    "materials": [
        {"name": "身份证明", "answered_by": "identity", "says": "已核验"},
        {"name": "房屋信息", "answered_by": "house", "says": "部门互取", "also": ["房本"]},
        {"name": "账户信息", "answered_by": "account", "says": "部门互取"},
        {"name": "本人声明", "answered_by": "statement", "says": "勾选一句"},
    ],
}


def set_the_scene() -> None:
    for code in (OWNER, OTHER):
        register_department(credit_code=code, name=f"样例部门{code[:4]}", by=PLATFORM)
    for username, number in NUMBERS.items():
        register_person(
            username=username,
            password=WORD,
            name=f"样例{username}",
            id_number=number,
            phone="13800000000",
            by=PLATFORM,
        )
    for username, code, post in (
        ("reviewer", OWNER, "reviewer"),
        ("outsider", OTHER, "reviewer"),
        ("clerk", OTHER, "window_clerk"),
        ("head", OWNER, "department_head"),
        ("supervisor", OTHER, "data_authority"),
    ):
        register_official(
            username=username,
            password=WORD,
            name=username,
            department=code,
            posts=[post],
            by=PLATFORM,
        )
    the_item_says()
    deploy_standard()
    [notice, *_] = sorted(ROOT.glob("cities/*/holidays_2026.csv"))
    with notice.open(newline="") as file:
        load_working_days(rows=list(csv.DictReader(file)), by=PLATFORM)


def the_item_says(**facts: Any) -> None:
    """In force from now on; a running case keeps what it began with."""
    usual = ItemFacts("样例事项", "公共服务", OWNER, promised_days=10, words="样例叫法")
    told = replace(usual, **facts)
    take_in([Wanted("S1", told, JOURNEY)], department_keys())


def a_licence_type(name: str, issuer: str, *, is_collected: bool = False) -> None:
    """Of code L1, as a folder brings it in. Once it is collected the applicant has one."""
    kinds = apps.get_model("licences", "LicenceType")._default_manager
    kinds.create(code="L1", name=name, issuer_id=department_keys()[issuer], holder_kind="both")
    if is_collected:
        a_held_licence(issuer=issuer, holder_number=NUMBERS["applicant"], code="L1")


def a_county(code: str, body: str, *, has_counterpart: bool = True) -> str:
    """A county whose department (its credit code, made known here) does there what the owner does
    for the city; `code`: six digits. The name of the department.
    """
    name = f"样例县局{code}"
    known = {row.code for row in _rows("OrganisationVersion").all()}
    if "OWN" not in known:
        _organisation("OWN", OWNER, "880100000000", "")
        _rows("City").create(code="880100", name="样例市", short_name="样例", hotline="12345",
                             lead=OWNER)  # fmt: skip
    _rows("Division").create(code=f"{code}000000", name=f"样例县{code}", level="county",
                             valid_from=clock.today())  # fmt: skip
    register_department(credit_code=body, name=name, by=PLATFORM)
    _organisation(f"OWN-{code}", body, f"{code}000000", "OWN" if has_counterpart else "")
    return name


def _organisation(code: str, credit_code: str, division: str, counterpart: str) -> None:
    _rows("OrganisationVersion").create(
        code=code, department_id=department_keys()[credit_code],
        name=department_name(credit_code), short_name=code,
        division=division, counterpart=counterpart, mark="SAMPLE", valid_from=clock.today(),
    )  # fmt: skip


def _rows(model: str) -> Any:
    return apps.get_model("directory", model)._default_manager


def who(username: str) -> Actor:
    return actor_by_username(username)


def a_draft(username: str = "applicant") -> Case:
    return actions.open_case(item_code="S1", by=who(username))


def filled(case: Case, **values: str) -> Case:
    actions.fill_form(case_no=case.case_no, sent={**SENT, **values}, by=who("applicant"))
    return case


def answered(case: Case, *, house: dict[str, str] | None = None, balance: str = "8642015") -> Case:
    """As if the departments had answered: that they really do is tested on the platform."""
    rows = {"house": [HOUSE | (house or {})], "account": [{"balance": balance}]}
    for ask, found in rows.items():
        told = {"title": JOURNEY["titles"][ask], "call_id": ask, "at": clock.now()}  # type: ignore[index]
        Fetched.objects.create(case=case, resource=ask, rows=found, **told)
    return case


def submitted(case: Case) -> Case:
    actions.submit_case(case_no=case.case_no, by=who("applicant"))
    case.refresh_from_db()
    return case


def under_review() -> Case:
    return submitted(answered(filled(a_draft())))
