"""What an item says, in words that people judge it by; and what one version changes of another."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from diebian.base.directory.public import Change, differences
from diebian.scenes.services.materials.models import Material
from diebian.scenes.services.materials.resolving import Way
from diebian.security.identity.public import department_names
from diebian.standards.marks import Mark
from diebian.standards.money import yuan

from .facts import FIELD_KINDS, Charging, ItemFacts

LABELS = {
    "name": "名称",
    "kind": "类别",
    "credit_code": "办理机构",
    "national_code": "国家编码",
    "national_mark": "国家编码标记",
    "levels": "行使层级",
    "objects": "服务对象",
    "statutory_days": "法定时限",
    "statutory_unit": "法定时限单位",
    "statutory_source": "法定时限依据",
    "statutory_check": "依据核对",
    "promised_days": "承诺时限",
    "promised_mark": "承诺时限标记",
    "mark": "标记",
    "fee": "收费",
    "basis": "办理依据",
    "conditions": "受理条件",
    "result": "办理结果",
    "windows": "办理窗口",
    "city_wide": "全市通办",
    "cross_region": "跨省通办",
    "cross_ways": "跨省怎样办",
    "asks_true_will": "要问老年人本人的真实意愿",
    "is_joint": "几个部门统一、联合或集中办理",
    "process": "办理流程",
    "system": "自建系统",
    "words": "常用叫法",
}
PAYING = "缴费"
CHECKS = {
    "checked": "与原文核对过",
    "recalled": "凭记忆写，未与原文核对",
    "law_default": "按行政许可法第四十二条",
    "unknown": "不知道",
}


@dataclass(frozen=True)
class Names:
    """Of what the facts name by code. What is not in it is shown by its code."""

    materials: Mapping[str, str] = field(default_factory=dict)
    departments: Mapping[str, str] = field(default_factory=dict)


def names_in(told: Iterable[ItemFacts]) -> Names:
    listed = list(told)
    codes = {code for one in listed for code in one.codes}
    rows = Material.objects.filter(code__in=codes)
    return Names(
        materials=dict(rows.values_list("code", "name")),
        departments=department_names(one.credit_code for one in listed),
    )


def lines_of(facts: ItemFacts, names: Names) -> list[tuple[str, Any]]:
    """For a page: each label with what stands there."""
    told = _readable(facts, names)
    lines = [(label, _word(told[name])) for name, label in LABELS.items()]
    for what, parts in _parts(facts, names).items():
        lines.append((what, "\n".join(f"{name}：{says}" for name, says in parts.items())))
    return lines


def charging_changes(subject: str, was: ItemFacts, will: ItemFacts) -> Iterator[Change]:
    """Of what a case costs alone."""
    yield from _part_changes(subject, PAYING, charging_words(was), charging_words(will))


def changes_of(subject: str, was: ItemFacts, will: ItemFacts, names: Names) -> Iterator[Change]:
    """In the words of a load: one for each fact, paper, question and field that differs."""
    yield from differences(subject, _readable(was, names), _readable(will, names), LABELS)
    before, after = _parts(was, names), _parts(will, names)
    for what, old in before.items():
        yield from _part_changes(subject, what, old, after[what])


def _part_changes(
    subject: str, what: str, old: Mapping[str, str], new: Mapping[str, str]
) -> Iterator[Change]:
    labels = {name: f"{what}“{name}”" for name in [*old, *new]}
    empty = dict.fromkeys(labels, "")
    yield from differences(subject, {**empty, **old}, {**empty, **new}, labels)


def _readable(facts: ItemFacts, names: Names) -> dict[str, Any]:
    """Lists as one line: a person who judges a change reads what is in them."""
    told = {name: getattr(facts, name) for name in LABELS}
    told["credit_code"] = names.departments.get(facts.credit_code, facts.credit_code)
    for name in ("mark", "promised_mark", "national_mark"):
        told[name] = Mark(told[name]).label if told[name] in tuple(Mark) else told[name]
    told["statutory_check"] = CHECKS.get(facts.statutory_check, facts.statutory_check)
    return {
        name: "；".join(value) if isinstance(value, tuple) else value
        for name, value in told.items()
    }


def _parts(facts: ItemFacts, names: Names) -> dict[str, dict[str, str]]:
    return {
        "材料": {
            names.materials.get(one.material, one.material or one.name): _joined(
                when_words(one.when, facts) or "都要",
                Way(one.way).label if one.way else "",
                one.note,
                f"可以容缺，{one.later} 个工作日内补交" if one.later else "",
            )
            for one in facts.materials
        },
        "情形": {
            one.question: _joined(
                "、".join(one.choices),
                when_words(one.asked_when, facts),
                one.says,
            )
            for one in facts.situations
        },
        "表单项": {
            one.label: _joined(
                f"从{one.origin}填" if one.origin else "本人填",
                when_words(one.when, facts),
                "" if one.kind == "text" else FIELD_KINDS[one.kind],
            )
            for one in facts.fields
        },
        PAYING: charging_words(facts),
    }


def charging_words(facts: ItemFacts) -> dict[str, str]:
    """Each thing that is paid for, and how it is paid; empty where nothing is."""
    return dict(_charging(facts.charging, facts)) if facts.charging else {}


def _charging(charging: Charging, facts: ItemFacts) -> Iterator[tuple[str, str]]:
    for one in charging.charges:
        yield one.label, _joined(f"{yuan(one.fen)} 元", when_words(one.when, facts), one.basis)
    for less in charging.reductions:
        yield less.label, _joined(less.says, when_words(less.when, facts), less.basis)
    yield "怎样缴", _joined(f"{charging.moment}缴，{charging.days} 个工作日内", charging.back)


def when_words(when: Mapping[str, Sequence[str]], facts: ItemFacts) -> str:
    questions = {one.slug: one for one in facts.situations}
    return "，".join(
        f"“{questions[slug].question}”答{_quoted(values)}"
        if slug in questions
        else f"{slug} 为{'、'.join(values)}"
        for slug, values in when.items()
    )


def _quoted(values: Sequence[str]) -> str:
    return "或".join(f"“{one}”" for one in values)


def _joined(*parts: str) -> str:
    return "；".join(filter(None, parts))


def _word(value: Any) -> Any:
    return ("是" if value else "否") if isinstance(value, bool) else value
