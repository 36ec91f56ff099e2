from django import forms

from .models import Outcome
from .rows import LONGEST

TEXT = forms.Textarea(attrs={"rows": 4})
CHOICE = {"required": "请选一个"}


class GroundsForm(forms.Form):
    text = forms.CharField(
        label="为什么不同意",
        max_length=LONGEST,
        widget=TEXT,
        help_text="写明依据和实际需要；对方和数据主管部门会原样看到",
    )


class DecisionForm(forms.Form):
    """What the government decided, copied from its document."""

    outcome = forms.ChoiceField(
        label="决定的结果", choices=Outcome.choices, widget=forms.RadioSelect, error_messages=CHOICE
    )
    document_no = forms.CharField(label="文号", max_length=60, help_text="例：某政办函〔2026〕12号")
    decided_on = forms.DateField(
        label="决定的日期", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    text = forms.CharField(
        label="决定的内容", max_length=LONGEST, widget=TEXT, help_text="照文件写，双方会原样看到"
    )
