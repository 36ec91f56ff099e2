"""What is filled in: a declaration, a decision, a number to find, a purpose."""

from collections.abc import Sequence
from typing import Any

from django import forms

from diebian.kernel.slugs import SLUG

from .models import Verdict

POSTS = {
    "data_manager": "数据管理员",
    "data_head": "数据工作负责人",
    "data_authority": "数据主管部门的人员",
}
LONGEST = 60_000
EXAMPLE = """\
bases:
- slug: sample-base
  title: 样例基础库
  subject: person            # person 是人，organisation 是单位（按 credit_code 认）
  purpose: 为什么要建
  legal_basis: 依据哪一条
  seen_by: [data_manager]    # 本部门哪些岗位可以看到记录
  columns:
  - {name: id_number, title: 公民身份号码, kind: id_number, rule: longest}
  - {name: name, title: 姓名, kind: name, rule: trust, order: [table-a, table-b]}
  sources:
  - {table: table-a, columns: {id_number: sfzh, name: xm}}
  - {table: table-b, columns: {id_number: card, name: fullname}}
  matching:
    identifier: id_number
    blocks: [[name]]
    fields:
    - {column: name, m: 0.9, u: 0.002, near: {m: 0.06, u: 0.004}}
    upper: 12
    lower: 4
"""


class DeclareForm(forms.Form):
    text = forms.CharField(
        label="声明",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 24, "spellcheck": "false", "class": "inp"}),
        help_text="写法和城市资料里的 master_data.yaml 一样；有错会指出是第几行",
    )


class LeaveForm(forms.Form):
    months = forms.IntegerField(
        label="用几个月", min_value=1, max_value=36, initial=12,
        widget=forms.NumberInput(attrs={"class": "inp"}), help_text="到期前可以续期",
    )  # fmt: skip


class OfferForm(forms.Form):
    """`bases`: slug and title of those that the department keeps."""

    base = forms.ChoiceField(label="哪个基础库", widget=forms.Select(attrs={"class": "inp"}))
    title = forms.CharField(
        label="资源名称", max_length=100, widget=forms.TextInput(attrs={"class": "inp"})
    )
    slug = forms.CharField(
        label="资源代码", max_length=60, validators=[SLUG], help_text="小写字母、数字和横线",
        widget=forms.TextInput(attrs={"class": "inp"}),
    )  # fmt: skip

    def __init__(self, *args: Any, bases: Sequence[tuple[str, str]], **told: Any) -> None:
        super().__init__(*args, **told)
        chosen = self.fields["base"]
        assert isinstance(chosen, forms.ChoiceField)  # noqa: S101  for mypy
        chosen.choices = bases


class DecideForm(forms.Form):
    verdict = forms.ChoiceField(label="您的判断", choices=Verdict.choices, widget=forms.RadioSelect)
    reason = forms.CharField(
        label="理由", max_length=300, widget=forms.Textarea(attrs={"rows": 3, "class": "inp"}),
        help_text="以后别人会看到，例如：电话核实过，是同一个人",
    )  # fmt: skip
    digest = forms.CharField(widget=forms.HiddenInput)


class FindForm(forms.Form):
    identifier = forms.CharField(
        label="号码", max_length=40, widget=forms.TextInput(attrs={"class": "inp"})
    )

    def __init__(self, *args: Any, called: str, **told: Any) -> None:
        """`called`: what the base's identifier is."""
        super().__init__(*args, **told)
        self.fields["identifier"].label = called


class PurposeForm(forms.Form):
    purpose = forms.CharField(
        label="为什么要看",
        min_length=2,
        max_length=100,
        widget=forms.TextInput(attrs={"class": "inp"}),
        help_text="和您的名字一起记下；是人的记录，本人会在“谁查过我”里看到",
    )
