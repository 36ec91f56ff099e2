"""What a person writes who wants data, and what an office answers."""

from typing import Any
from uuid import UUID

from django import forms

from diebian.base.opening.public import Outcome


class AskForm(forms.Form):
    wanted = forms.CharField(
        label="要什么数据", max_length=100, help_text="例：全市公交站点的位置和线路"
    )
    purpose = forms.CharField(
        label="用来做什么",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="说清用途，部门才好判断给到多细。这两项会公开，请不要写姓名、证件号码、电话",
    )
    provider = forms.CharField(required=False, max_length=18, widget=forms.HiddenInput)
    is_other = forms.BooleanField(required=False, widget=forms.HiddenInput)


class AnswerForm(forms.Form):
    outcome = forms.ChoiceField(label="怎样答复", choices=Outcome.choices)
    says = forms.CharField(
        label="理由",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="会公开。不能开放的，写明依据；准备开放的，写明什么时候",
    )
    dataset = forms.ChoiceField(label="已经开放的，是哪一份", required=False)

    def __init__(self, *told: Any, datasets: list[tuple[str, str]], **words: Any) -> None:
        super().__init__(*told, **words)
        self.fields["dataset"].choices = [("", "没有，或不止一份"), *datasets]  # type: ignore[attr-defined]

    def facts(self) -> dict[str, Any]:
        told = self.cleaned_data
        chosen = told["dataset"]
        return {
            "outcome": Outcome(told["outcome"]),
            "says": told["says"],
            "dataset": UUID(chosen) if chosen else None,
        }
