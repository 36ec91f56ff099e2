"""数据不对: one form for everybody; who asks for the own data is not asked whose they are."""

from typing import Any

from django import forms

from .doubting import LONGEST, Doubt, items_of

OFFICIAL = ("id_number", "row")  # one of the two


class DoubtForm(forms.Form):
    spared = ("seen", "case_no")  # may be left empty

    item = forms.ChoiceField(
        label="哪一项", widget=forms.RadioSelect, error_messages={"required": "请选一项"}
    )
    seen = forms.CharField(
        label="现在的内容",
        max_length=LONGEST["seen"],
        required=False,
        help_text="照看到的写",
    )
    says = forms.CharField(
        label="应当是什么",
        max_length=LONGEST["says"],
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "请写明哪里不对、应当是什么"},
        help_text="写清楚依据，例如：面积应是 89.5 平方米，2026 年 9 月改过。提供部门会原样看到",
    )
    id_number = forms.CharField(
        label="谁的数据",
        max_length=18,
        required=False,
        help_text="公民身份号码，只给提供部门找记录用。与人无关的不填，填下一项",
    )
    row = forms.CharField(
        label="与人无关的，是哪一行",
        max_length=LONGEST["row"],
        required=False,
        help_text="写能找到这一行的编号，是哪一列的也写上",
    )
    case_no = forms.CharField(
        label="在哪件事里看到的",
        max_length=LONGEST["case_no"],
        required=False,
        help_text="办件编号",
    )

    def __init__(self, *args: Any, resource: Any, is_person: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = items_of(resource)
        self.fields["item"].choices = [(one, one) for one in names]  # type: ignore[attr-defined]
        if is_person:
            for name in OFFICIAL:
                del self.fields[name]
            self.fields["case_no"].widget = forms.HiddenInput()

    def doubt(self) -> Doubt:
        return Doubt(**self.cleaned_data)
