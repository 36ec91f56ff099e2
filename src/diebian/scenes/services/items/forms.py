"""The shape of a version that somebody writes: page and workbook read through it."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from django import forms

from diebian.base.process.public import deployed_names
from diebian.scenes.services.standard_item import FAMILY
from diebian.standards.crossing import Way
from diebian.standards.marks import Mark

from .facts import FIELD_KINDS, ORGANISATIONS, PERSONS, ItemFacts
from .lines import (
    LineWrong,
    fields_in,
    fields_of,
    materials_in,
    materials_of,
    situations_in,
    situations_of,
)
from .told import LABELS, Names

TEXTS = ("name", "statutory_source", "fee", "basis", "result", "windows", "words")
MARKS = ("city_wide", "asks_true_will", "is_joint")
LISTS = ("objects", "cross_ways")  # several of a few words
UNITS = (("", "不知道"), ("工作日", "工作日"), ("日", "日（自然日）"))
OBJECTS = ((PERSONS, PERSONS), (ORGANISATIONS, ORGANISATIONS))


def _ways() -> list[tuple[str, str]]:
    """Asked when the form is shown or looked at: an operator may have deployed one since."""
    return [("", "通用流程：受理、审核、决定"), *deployed_names(FAMILY).items()]


class VersionForm(forms.Form):
    """`known`: every name, alias and code of the register to its code."""

    name = forms.CharField(label=LABELS["name"], max_length=200)
    objects = forms.MultipleChoiceField(
        label=LABELS["objects"], choices=OBJECTS, widget=forms.CheckboxSelectMultiple
    )
    conditions = forms.CharField(
        label=LABELS["conditions"],
        required=False,
        max_length=4000,
        help_text="一行一条，写给办事的人看：什么人、什么情况可以办",
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    situations = forms.CharField(
        label="情形",
        required=False,
        max_length=20_000,
        help_text="一行一问，用竖线分开：代号 | 问题 | 选项 | 什么时候问 | 说明。"
        "例：婚姻状况 | 您结婚了吗？ | 已婚、未婚 | 人在本市=是",
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}),
    )
    materials = forms.CharField(
        label="材料",
        required=False,
        max_length=50_000,
        help_text="一行一份：材料 | 什么情形要 | 怎样交 | 说明 | 容缺。用登记册里的名称，别名也认；"
        "“怎样交”不写就按登记册，也可以写 本人声明代替、必须交原件；"
        "“容缺”写几个工作日内可以补交，不写就要和申请一起交。"
        "例：居民户口簿 | 婚姻状况=已婚 | | 只看首页",
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
    )
    fields_told = forms.CharField(
        label="表单项",
        required=False,
        max_length=20_000,
        help_text="一行一项：名称 | 从哪里填 | 什么情形填 | 类型。从哪里填不写，就是只有本人知道；"
        f"类型可以写 {'、'.join(FIELD_KINDS.values())}，不写就是文字",
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}),
    )
    promised_days = forms.IntegerField(
        label="承诺时限（工作日）", required=False, min_value=0, max_value=3650
    )
    statutory_days = forms.IntegerField(
        label=LABELS["statutory_days"], required=False, min_value=0, max_value=3650
    )
    statutory_unit = forms.ChoiceField(
        label=LABELS["statutory_unit"], required=False, choices=UNITS
    )
    statutory_source = forms.CharField(
        label=LABELS["statutory_source"], required=False, max_length=200
    )
    fee = forms.CharField(label=LABELS["fee"], required=False, max_length=100)
    basis = forms.CharField(
        label=LABELS["basis"],
        required=False,
        max_length=1000,
        help_text="哪部法律法规的第几条",
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    result = forms.CharField(label=LABELS["result"], required=False, max_length=200)
    windows = forms.CharField(label=LABELS["windows"], required=False, max_length=500)
    words = forms.CharField(
        label=LABELS["words"],
        required=False,
        max_length=500,
        help_text="群众怎么说这件事，用空格分开",
    )
    city_wide = forms.BooleanField(label=LABELS["city_wide"], required=False)
    cross_ways = forms.MultipleChoiceField(
        label=LABELS["cross_region"],
        choices=[(way.value, f"{way.value}：{way.says}") for way in Way],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    asks_true_will = forms.BooleanField(label=LABELS["asks_true_will"], required=False)
    is_joint = forms.BooleanField(
        label=LABELS["is_joint"],
        required=False,
        help_text="行政许可法第四十二条第二款：45 个工作日，经本级政府负责人批准可以延长 15 个",
    )
    process = forms.ChoiceField(
        label=LABELS["process"],
        required=False,
        choices=_ways,
        help_text="本事项自己的流程图由平台运维在“流程”里部署，部署时已核对过办件要用的每一步",
    )

    def __init__(self, *told: Any, known: Mapping[str, str], **named: Any) -> None:
        super().__init__(*told, **named)
        self.known = known

    def clean_situations(self) -> Any:
        return self._parsed("situations", situations_in)

    def clean_materials(self) -> Any:
        return self._parsed("materials", lambda text: materials_in(text, self.known))

    def clean_fields_told(self) -> Any:
        return self._parsed("fields_told", fields_in)

    def facts(self, was: ItemFacts) -> ItemFacts:
        """What the form does not show stays as it is."""
        told = self.cleaned_data
        conditions = str(told["conditions"]).replace("\r\n", "\n").split("\n")
        facts: dict[str, Any] = {
            **{name: str(told[name]).replace("\r\n", "\n").strip() for name in TEXTS},
            **{name: bool(told[name]) for name in MARKS},
            "process": told["process"],
            **{name: tuple(told[name]) for name in LISTS},
            "cross_region": bool(told["cross_ways"]),
            "conditions": tuple(one.strip() for one in conditions if one.strip()),
            "statutory_days": told["statutory_days"],
            "statutory_unit": told["statutory_unit"],
            "promised_days": told["promised_days"],
            "situations": told["situations"],
            "materials": told["materials"],
            "fields": told["fields_told"],
        }
        if facts["promised_days"] != was.promised_days:  # its department says so itself
            facts["promised_mark"] = Mark.REAL.value
        return replace(was, **facts)

    def _parsed(self, name: str, read: Callable[[str], Any]) -> Any:
        try:
            return read(self.cleaned_data[name])
        except LineWrong as wrong:
            raise forms.ValidationError(str(wrong)) from wrong


def told_of(facts: ItemFacts, names: Names) -> dict[str, Any]:
    """What stands in the form, as it would be written."""
    return {
        **{name: getattr(facts, name) for name in (*TEXTS, *MARKS)},
        "process": facts.process,
        **{name: list(getattr(facts, name)) for name in LISTS},
        "conditions": "\n".join(facts.conditions),
        "statutory_days": facts.statutory_days,
        "statutory_unit": facts.statutory_unit,
        "promised_days": facts.promised_days,
        "situations": situations_of(facts),
        "materials": materials_of(facts, names),
        "fields_told": fields_of(facts),
    }
