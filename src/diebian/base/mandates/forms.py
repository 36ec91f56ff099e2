"""给授权 and 请授权: the other one, how long, how to be told; what for is chosen beside it."""

from typing import Any

from django import forms

from diebian.standards.mandates import AGENT, RELATIVE

from .models import Tells
from .rows import Scope

PERIODS = {30: "一个月", 90: "三个月", 180: "半年", 365: "一年", 730: "两年", 1095: "三年"}


class MandateForm(forms.Form):
    name = forms.CharField(label="姓名", max_length=100, error_messages={"required": "请写姓名"})
    id_number = forms.CharField(
        label="身份证号",
        max_length=18,
        error_messages={"required": "请写 18 位身份证号"},
        help_text="两样都对才找得到人；末位是 X 的写 X",
    )
    days = forms.TypedChoiceField(
        label="多久",
        coerce=int,
        choices=[(days, PERIODS[days]) for days in RELATIVE.periods],
        widget=forms.RadioSelect,
        initial=RELATIVE.usual,
        help_text="到期自己停；随时可以提前收回",
        error_messages={"required": "请选多久"},
    )
    tells = forms.ChoiceField(
        label="每办一步，怎样告诉授权的人",
        choices=Tells.choices,
        widget=forms.RadioSelect,
        initial=Tells.NOTICE,
        error_messages={"required": "请选怎样告诉"},
    )

    def scope(self, sent: Any) -> Scope:
        return Scope(
            matters=sent.getlist("matter"),
            field=sent.get("field", ""),
            days=self.cleaned_data["days"],
            tells=Tells(self.cleaned_data["tells"]),
        )


class CompanyForm(MandateForm):
    """Of a company: longer, and its representative reads messages."""

    def __init__(self, *told: Any, **named: Any) -> None:
        super().__init__(*told, **named)
        self.fields["days"].choices = [(days, PERIODS[days]) for days in AGENT.periods]  # type: ignore[attr-defined]
        self.fields["days"].initial = AGENT.usual


class WindowForm(MandateForm):
    """The clerk's: both of them, and most givers there have no phone."""

    giver_name = forms.CharField(
        label="授权人姓名", max_length=100, error_messages={"required": "请写授权人的姓名"}
    )
    giver_id_number = forms.CharField(
        label="授权人身份证号",
        max_length=18,
        help_text="读卡或手输；末位 X 大写",
        error_messages={"required": "请读卡或输入授权人的身份证号"},
    )
    field_order = ("giver_name", "giver_id_number", "name", "id_number", "days", "tells")

    def __init__(self, *told: Any, **named: Any) -> None:
        super().__init__(*told, **named)
        self.fields["name"].label = "代办人姓名"
        self.fields["id_number"].label = "代办人身份证号"
        self.fields["tells"].initial = Tells.PAPER
