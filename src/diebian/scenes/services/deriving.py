"""What follows from an item's own words, for whoever applies for it: in the shape of a declared
journey, so that both are read alike.

A held paper is asked for where the deciding department has a grant and the interface answers to a
person's number or name; what is held and cannot be asked so, its reviewer looks up. Nothing is
invented: a field that is filled from somewhere else than the account is told, and left empty.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from diebian.security.identity.public import department_name

from .items.facts import ACCOUNT, FormField, ItemFacts
from .items.papers import Paper, papers_of
from .items.situations import Answers, applies
from .journey_parts import FILE, FORM, HELD, STATEMENT
from .materials.resolving import Answer, Granted, Interface

OF_A_PERSON = {"id_number", "name"}  # what an interface can be told of an applicant
ON_THE_ACCOUNT = {"姓名", "身份证号", "公民身份号码", "手机号", "手机号码"}
OF_THE_DECISION = {"办件编号", "事项", "申请人", "决定机关", "决定"}  # nobody's field writes these
WHAT = FormField("您要办的具体内容", kind="long")  # of an item that declares no fields of its own
LONGEST_PURPOSE, LONGEST_TITLE = 200, 100
ANSWERED_BY = {
    Answer.LICENCE: HELD, Answer.DATA: HELD, Answer.FORM: FORM,
    Answer.STATEMENT: STATEMENT, Answer.SUBMIT: FILE,
}  # fmt: skip
Asked = Mapping[str, tuple[Interface, Granted]]  # by the interface's slug


def derived(code: str, facts: ItemFacts, chosen: Answers, holder: str) -> dict[str, Any]:
    """`chosen`: the applicant's answers; what hangs on one that is not given is left out.
    `holder`: the applicant's key, empty where it is nobody's yet.
    """
    papers = papers_of(facts, chosen, holder=holder).certain
    asked = _asked(papers)
    own = _own(facts, chosen)
    return {
        "system": next((granted.system for _, granted in asked.values()), ""),
        "purpose": f"办理“{facts.name}”"[:LONGEST_PURPOSE],
        "purposes": {slug: granted.purpose for slug, (_, granted) in asked.items()},
        "asks": list(asked),
        "titles": {slug: interface.title for slug, (interface, _) in asked.items()},
        "shows": list(_shows(asked)),
        "form": [{"name": _name(one), "label": one.label, "kind": one.kind} for one in own],
        "statement": _statement(papers),
        "checks": list(_checks(asked)),
        "decision": _decision(code, facts, own),
        "materials": [_material(one, asked) for one in papers],
        "elsewhere": list(_elsewhere(facts, chosen, asked)),
    }


def _asked(papers: Sequence[Paper]) -> Asked:
    """One question for all papers that it answers."""
    behind = [(one.resolved.interface, one.resolved.granted) for one in papers]
    return {
        interface.slug: (interface, granted)
        for interface, granted in behind
        if interface and granted and granted.columns and interface.asks_for <= OF_A_PERSON
    }


def _shows(asked: Asked) -> Iterator[dict[str, str]]:
    for slug, (interface, granted) in asked.items():
        for one in interface.columns:
            if one.name in granted.columns:
                kind = "masked" if one.is_sensitive else "text"
                yield {"ask": slug, "field": one.name, "label": one.label, "kind": kind}


def _checks(asked: Asked) -> Iterator[dict[str, str]]:
    for slug, (interface, _) in asked.items():
        yield {"ask": slug, "expect": "some", "says": f"“{interface.title}”没有查到记录"}


def _own(facts: ItemFacts, chosen: Answers) -> list[FormField]:
    """What the person writes: each label once, whichever of its conditions is met."""
    found: dict[str, FormField] = {}
    for one in facts.fields:
        if applies(one.when, chosen) and (not one.origin or _is_unknown_to_the_account(one)):
            found.setdefault(_name(one), one)
    return list(found.values()) or [WHAT]


def _elsewhere(facts: ItemFacts, chosen: Answers, asked: Asked) -> Iterator[str]:
    shown = {show["label"] for show in _shows(asked)}
    for one in facts.fields:
        if one.origin in {"", ACCOUNT} or one.label in shown or not applies(one.when, chosen):
            continue
        yield f"{one.label}由{department_name(facts.credit_code)}从“{one.origin}”核对"


def _is_unknown_to_the_account(one: FormField) -> bool:
    return one.origin == ACCOUNT and one.label not in ON_THE_ACCOUNT


def _name(one: FormField) -> str:
    """By its label, so that what was written stays when the item's other words change."""
    return "".join(one.label.split())


def _statement(papers: Sequence[Paper]) -> dict[str, str]:
    stated = [one.name for one in papers if one.resolved.answer == Answer.STATEMENT]
    instead = f"这句声明代替{'、'.join(stated)}，不用去开证明。" if stated else ""
    return {
        "label": "我声明：我选的情况、填的内容都是真实的；上面替我填好的我已核对。",
        "says": f"{instead}与事实不符的，作出的决定可以被撤销。",
    }


def _decision(code: str, facts: ItemFacts, own: Sequence[FormField]) -> dict[str, Any]:
    """The type's code (GB/T 36904) is the body's and three digits: here of the item, a sample as
    long as the body has not numbered its own.
    """
    number = int("".join(sign for sign in code if sign.isdigit()) or 0) % 1000
    fields = [one for one in own if one.label not in OF_THE_DECISION]
    return {
        "title": (facts.result or f"{facts.name}决定书")[:LONGEST_TITLE],
        "type_code": f"{facts.credit_code}{number:03d}",
        "body": {one.label: f"form.{_name(one)}" for one in fields},
    }


def _material(paper: Paper, asked: Asked) -> dict[str, Any]:
    """A reason and the department's own note are one sentence after the other."""
    resolved, interface = paper.resolved, paper.resolved.interface
    is_asked = interface is not None and interface.slug in asked
    by = interface.slug if interface is not None and is_asked else ANSWERED_BY[resolved.answer]
    says = "。".join(filter(None, (resolved.reason, paper.demand.note)))
    kept: dict[str, Any] = {"code": paper.demand.material, "later": paper.demand.later}
    if resolved.own is not None:
        kept["held"] = resolved.own.held_id
    return {"name": paper.name, "answered_by": by, "says": says, **kept}
